import type { PixelRect } from '../geometry';
import { createCanvas, readableContext, type Canvas } from './canvas';

/** A video's own frames are shown on a `FrameSurface` first. */
export type FrameImage = ImageBitmap | Canvas;

/** From this scale on, bilinear drawing touches every pixel of the frame; below it some would be skipped. */
const BILINEAR_SCALE = 0.5;

/** Draws regions of a frame at the size that the detector is given them in; one canvas for all. */
export class RegionView {
  private readonly canvas: Canvas = createCanvas(1, 1);

  /** The region scaled so that its longer side has at most `maxSide` pixels; black outside the frame. */
  draw(frame: FrameImage, region: PixelRect, maxSide: number): ImageData {
    const scale = Math.min(1, maxSide / Math.max(region.width, region.height));
    const { canvas } = this;
    const width = Math.max(1, Math.round(region.width * scale));
    const height = Math.max(1, Math.round(region.height * scale));
    // Even the same size set anew costs a new canvas.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = readableContext(canvas);
    // What the last picture left would show beyond the frame's edge.
    context.fillRect(0, 0, width, height);
    // 'medium' makes mipmaps of the frame, which takes a third of the whole detection.
    context.imageSmoothingQuality = scale < BILINEAR_SCALE ? 'medium' : 'low';
    const scaleX = width / region.width;
    const scaleY = height / region.height;
    context.drawImage(frame, -region.x * scaleX, -region.y * scaleY, frame.width * scaleX, frame.height * scaleY);
    return context.getImageData(0, 0, width, height);
  }
}
