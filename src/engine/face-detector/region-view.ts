import type { PixelRect } from '../geometry';
import { createCanvas, readableContext, type Canvas } from './canvas';
import type { Turn } from './look';

/** Video frames go through a `FrameSurface` first. */
export type FrameImage = ImageBitmap | Canvas;

/** Minimum scale at which bilinear drawing touches every pixel of the frame. */
const BILINEAR_SCALE = 0.5;

/** Draws regions of a frame at the detector's input size, on one shared canvas that only grows. */
export class RegionView {
  private readonly context = readableContext(createCanvas(1, 1));

  /**
   * Scales the region so that its longer side has at most `maxSide` pixels; black outside the frame.
   *
   * @param mostScale largest enlargement of a smaller region; 1: none.
   * @param turn degrees by which the picture is turned back, counterclockwise.
   */
  draw(frame: FrameImage, region: PixelRect, maxSide: number, turn: Turn = 0, mostScale = 1): ImageData {
    const scale = Math.min(mostScale, maxSide / Math.max(region.width, region.height));
    const { context } = this;
    const { canvas } = context;
    const across = Math.max(1, Math.round(region.width * scale));
    const down = Math.max(1, Math.round(region.height * scale));
    const [width, height] = turn % 180 === 0 ? [across, down] : [down, across];
    // Only grows: setting a size allocates a new canvas, which took as long as drawing.
    if (canvas.width < width) canvas.width = width;
    if (canvas.height < height) canvas.height = height;
    context.setTransform(1, 0, 0, 1, 0, 0);
    // Otherwise the last picture would show beyond the frame's edge.
    context.fillRect(0, 0, width, height);
    // 'medium' makes mipmaps of the frame, which takes a third of the whole detection.
    context.imageSmoothingQuality = scale < BILINEAR_SCALE ? 'medium' : 'low';
    context.translate(width / 2, height / 2);
    if (turn !== 0) context.rotate((-turn * Math.PI) / 180);
    const scaleX = across / region.width;
    const scaleY = down / region.height;
    const centerX = region.x + region.width / 2;
    const centerY = region.y + region.height / 2;
    context.drawImage(frame, -centerX * scaleX, -centerY * scaleY, frame.width * scaleX, frame.height * scaleY);
    return context.getImageData(0, 0, width, height);
  }
}
