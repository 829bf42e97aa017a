import type { PixelRect } from '../geometry';
import { createCanvas, readableContext, type Canvas } from './canvas';
import type { Turn } from './look';

/** A video's own frames are shown on a `FrameSurface` first. */
export type FrameImage = ImageBitmap | Canvas;

/** From this scale on, bilinear drawing touches every pixel of the frame; below it some would be skipped. */
const BILINEAR_SCALE = 0.5;

/** Draws regions of a frame at the size that the detector is given them in; one canvas for all. */
export class RegionView {
  private readonly context = readableContext(createCanvas(1, 1));

  /**
   * The region scaled so that its longer side has at most `maxSide` pixels; black outside the frame.
   *
   * @param mostScale by which a smaller region may be enlarged; 1: not at all.
   * @param turn Degrees by which the picture is turned back, counterclockwise.
   */
  draw(frame: FrameImage, region: PixelRect, maxSide: number, turn: Turn = 0, mostScale = 1): ImageData {
    const scale = Math.min(mostScale, maxSide / Math.max(region.width, region.height));
    const { context } = this;
    const { canvas } = context;
    const across = Math.max(1, Math.round(region.width * scale));
    const down = Math.max(1, Math.round(region.height * scale));
    const [width, height] = turn % 180 === 0 ? [across, down] : [down, across];
    // Even the same size set anew costs a new canvas.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.setTransform(1, 0, 0, 1, 0, 0);
    // What the last picture left would show beyond the frame's edge.
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
