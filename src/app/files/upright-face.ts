import { reachesOutside, regionToTile, replicateBorder } from '../../engine/crop-arithmetic';
import type { Size } from '../../engine/geometry';
import type { CropRegion } from '../../engine/types';

/** Side of the crop, pixels. */
const SIDE = 160;

/**
 * Crops a face like the classifier's input but in colour: upright, with the border replicated beyond the picture's edge.
 *
 * @param region in pixels of `size`, the picture's own.
 */
export function uprightFace(picture: CanvasImageSource, size: Size, region: CropRegion): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, SIDE, SIDE);
  context.imageSmoothingQuality = 'high';
  const matrix = regionToTile(region, SIDE, { x: 0, y: 0 });
  const { a, b, c, d, e, f } = matrix;
  context.setTransform(a, b, c, d, e, f);
  context.drawImage(picture, 0, 0, size.width, size.height);
  if (!reachesOutside(region, size)) return canvas;
  const pixels = context.getImageData(0, 0, SIDE, SIDE);
  replicateBorder({ rgba: pixels.data, stride: SIDE, top: 0, side: SIDE }, matrix, size);
  context.putImageData(pixels, 0, 0);
  return canvas;
}
