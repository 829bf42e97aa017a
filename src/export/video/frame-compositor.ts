import type { PixelRect, Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import { containedView, paintOverlay, savedUnit, toCanvas, type OverlayOptions, type OverlayView, type PaintedFace } from '../overlay-painter';

/** What goes over a frame before it is encoded, in pixels of the video. */
export interface Drawing {
  readonly faces: readonly PaintedFace[];
  /** What must not be seen. */
  readonly masks: readonly PixelRect[] | 'everything';
  readonly overlay: OverlayOptions;
}

export const NOTHING_DRAWN: Drawing = { faces: [], masks: [], overlay: {} };

/**
 * Masks are filled, not blurred or pixelated. A blur is a weighted sum of the pixels and a mosaic their means: both
 * are functions of the face, so that people are recognised through them by machines trained on blurred faces
 * (McPherson et al. 2016, Hill et al. 2016), and a video gives such a machine many views of one face. Of a filled
 * shape nothing is left to compute with.
 */
export const MASK_COLOR = '#2b3138';
const MASK_EDGE_COLOR = '#4a535d';

export function frameSize(frame: LiveFrame): Size {
  return frame instanceof ImageBitmap
    ? { width: frame.width, height: frame.height }
    : { width: frame.displayWidth, height: frame.displayHeight };
}

/** One canvas of a video's size: a frame of any size is placed on it, and drawn over. */
export class FrameCompositor {
  readonly #size: Size;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #view: OverlayView;

  /** @throws Error where the browser gives no canvas. */
  constructor(size: Size) {
    this.#size = size;
    const context = new OffscreenCanvas(size.width, size.height).getContext('2d', { alpha: false });
    if (!context) throw new Error('no 2d context for the video');
    this.#context = context;
    this.#view = { scale: 1, offset: { x: 0, y: 0 }, frame: size, mirror: false, unit: savedUnit(size) };
  }

  /** Takes a copy of a frame, in place of the one before; `frame` stays the caller's. */
  place(frame: LiveFrame): void {
    const context = this.#context;
    const size = frameSize(frame);
    context.fillStyle = '#000000';
    context.fillRect(0, 0, this.#size.width, this.#size.height);
    const { x, y, width, height } = toCanvas({ x: 0, y: 0, ...size }, this.#fit(size));
    context.drawImage(frame, x, y, width, height);
  }

  /** The frame with what goes over it, for the caller to close. */
  finish({ faces, masks, overlay }: Drawing): VideoFrame {
    const whole: PixelRect[] = [{ x: 0, y: 0, ...this.#size }];
    for (const mask of masks === 'everything' ? whole : masks) paintMask(this.#context, mask, this.#view);
    paintOverlay(this.#context, faces, this.#view, overlay);
    return new VideoFrame(this.#context.canvas, { timestamp: 0 });
  }

  #fit(frame: Size): OverlayView {
    const view = containedView(frame, this.#size, false, this.#view.unit);
    // An odd last column or row falls off the video, which has an even size, instead of blurring all others.
    const cut = { width: frame.width - this.#size.width, height: frame.height - this.#size.height };
    const cutsOne = Math.min(cut.width, cut.height) >= 0 && Math.max(cut.width, cut.height) <= 1;
    return cutsOne ? { ...view, scale: 1, offset: { x: 0, y: 0 } } : view;
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
