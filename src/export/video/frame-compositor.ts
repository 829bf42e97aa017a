import type { PixelRect, Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import { containedView, paintOverlay, savedUnit, toCanvas, type OverlayOptions, type OverlayView, type PaintedFace } from '../overlay-painter';

/** Overlay of a frame before encoding, in frame pixels. */
export interface Drawing {
  readonly faces: readonly PaintedFace[];
  /** Areas to hide. */
  readonly masks: readonly PixelRect[] | 'everything';
  readonly overlay: OverlayOptions;
}

export const NOTHING_DRAWN: Drawing = { faces: [], masks: [], overlay: {} };

/**
 * Masks are filled, not blurred or pixelated. A blur is a weighted sum of pixels and a mosaic their mean: both are
 * functions of the face, and machines trained on blurred faces recognise people through them (McPherson et al. 2016,
 * Hill et al. 2016); a video gives them many views of one face. A filled shape leaves nothing to compute with.
 */
export const MASK_COLOR = '#2b3138';
const MASK_EDGE_COLOR = '#4a535d';

export function frameSize(frame: LiveFrame): Size {
  return frame instanceof ImageBitmap
    ? { width: frame.width, height: frame.height }
    : { width: frame.displayWidth, height: frame.displayHeight };
}

/** A canvas of the video's size that frames of any size are fitted into and drawn over. */
export class FrameCompositor {
  readonly #size: Size;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #view: OverlayView;

  /** @throws Error if the browser provides no 2D context. */
  constructor(size: Size) {
    this.#size = size;
    const context = new OffscreenCanvas(size.width, size.height).getContext('2d', { alpha: false });
    if (!context) throw new Error('no 2d context for the video');
    this.#context = context;
    this.#view = { scale: 1, offset: { x: 0, y: 0 }, frame: size, mirror: false, unit: savedUnit(size) };
  }

  /** Copies a frame onto the canvas, replacing the previous one. Does not close `frame`. */
  place(frame: LiveFrame): void {
    const context = this.#context;
    const size = frameSize(frame);
    context.fillStyle = '#000000';
    context.fillRect(0, 0, this.#size.width, this.#size.height);
    const { x, y, width, height } = toCanvas({ x: 0, y: 0, ...size }, this.#fit(size));
    context.drawImage(frame, x, y, width, height);
  }

  /** The frame with its overlay. The caller closes it. */
  finish({ faces, masks, overlay }: Drawing): VideoFrame {
    const whole: PixelRect[] = [{ x: 0, y: 0, ...this.#size }];
    for (const mask of masks === 'everything' ? whole : masks) paintMask(this.#context, mask, this.#view);
    paintOverlay(this.#context, faces, this.#view, overlay);
    return new VideoFrame(this.#context.canvas, { timestamp: 0 });
  }

  #fit(frame: Size): OverlayView {
    const view = containedView(frame, this.#size, false, this.#view.unit);
    // Crops an odd last row or column: scaling to the even size would blur the rest.
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
