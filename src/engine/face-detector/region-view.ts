import type { PixelRect, Size } from '../geometry';
import { createCanvas, type Canvas } from './canvas';

export type FrameImage = ImageBitmap | OffscreenCanvas | HTMLCanvasElement | VideoFrame;

export function frameSize(frame: FrameImage): Size {
  return 'displayWidth' in frame
    ? { width: frame.displayWidth, height: frame.displayHeight }
    : { width: frame.width, height: frame.height };
}

/** Draws regions of a frame at the size that the detector is given them in; one canvas for all. */
export class RegionView {
  private readonly canvas: Canvas = createCanvas(1, 1);

  /** The region scaled so that its longer side has at most `maxSide` pixels; black outside the frame. */
  draw(frame: FrameImage, region: PixelRect, maxSide: number): ImageData {
    const scale = Math.min(1, maxSide / Math.max(region.width, region.height));
    const { canvas } = this;
    canvas.width = Math.max(1, Math.round(region.width * scale));
    canvas.height = Math.max(1, Math.round(region.height * scale));
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true }) as OffscreenCanvasRenderingContext2D | null;
    if (!context) throw new Error('no 2D canvas');
    context.imageSmoothingQuality = 'medium';
    const scaleX = canvas.width / region.width;
    const scaleY = canvas.height / region.height;
    const { width, height } = frameSize(frame);
    context.drawImage(frame, -region.x * scaleX, -region.y * scaleY, width * scaleX, height * scaleY);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  }
}
