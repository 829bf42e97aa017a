import type { PixelRect, Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import { containedView, paintOverlay, savedUnit, toCanvas, type OverlayView, type PaintedFace } from '../overlay-painter';

/** What goes over a frame before it is encoded. */
export interface Drawing {
  readonly faces: readonly PaintedFace[];
  /** What must not be seen, frame pixels. */
  readonly masks: readonly PixelRect[] | 'everything';
}

export const NOTHING_DRAWN: Drawing = { faces: [], masks: [] };

/**
 * Masks are filled, not blurred or pixelated. A blur is a weighted sum of the pixels and a mosaic their means: both
 * are functions of the face, so that people are recognised through them by machines trained on blurred faces
 * (McPherson et al. 2016, Hill et al. 2016), and a video gives such a machine many views of one face. Of a filled
 * shape nothing is left to compute with.
 */
const MASK_COLOR = '#2b3138';
const MASK_EDGE_COLOR = '#4a535d';

export function frameSize(frame: LiveFrame): Size {
  return frame instanceof ImageBitmap
    ? { width: frame.width, height: frame.height }
    : { width: frame.displayWidth, height: frame.displayHeight };
}

/** Draws frames of any size onto one canvas of the video's size, and over them what there is to draw. */
export class FrameCompositor {
  readonly #size: Size;
  readonly #context: OffscreenCanvasRenderingContext2D;

  /** @throws Error where the browser gives no canvas. */
  constructor(size: Size) {
    this.#size = size;
    const context = new OffscreenCanvas(size.width, size.height).getContext('2d', { alpha: false });
    if (!context) throw new Error('no 2d context for the video');
    this.#context = context;
  }

  /** The finished frame, for the caller to close; `frame` stays the caller's. */
  compose(frame: CanvasImageSource, size: Size, { faces, masks }: Drawing): VideoFrame {
    const context = this.#context;
    const view = containedView(size, this.#size, false, savedUnit(this.#size));
    context.fillStyle = '#000000';
    context.fillRect(0, 0, this.#size.width, this.#size.height);
    if (masks === 'everything') paintMask(context, { x: 0, y: 0, ...size }, view);
    else {
      // An odd last column or row falls off the video instead of blurring all others.
      const nearlyEqual = size.width - this.#size.width <= 1 && size.height - this.#size.height <= 1;
      const { x, y, width, height } = toCanvas({ x: 0, y: 0, ...size }, view);
      if (nearlyEqual && view.scale > 0.99) context.drawImage(frame, 0, 0);
      else context.drawImage(frame, x, y, width, height);
      for (const mask of masks) paintMask(context, mask, view);
    }
    paintOverlay(context, faces, view);
    return new VideoFrame(context.canvas, { timestamp: 0 });
  }
}

function paintMask(context: OffscreenCanvasRenderingContext2D, mask: PixelRect, view: OverlayView): void {
  const { x, y, width, height } = toCanvas(mask, view);
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(width, height) * 0.2);
  context.fillStyle = MASK_COLOR;
  context.fill();
  context.strokeStyle = MASK_EDGE_COLOR;
  context.lineWidth = 1.5 * view.unit;
  context.stroke();
}
