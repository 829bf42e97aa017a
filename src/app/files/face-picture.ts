import type { PixelRect, Size } from '../../engine/geometry';

interface Options {
  /** Side of the resulting picture, pixels. */
  readonly side: number;
  /** Side of the crop in multiples of the box's longer side: 1 shows the box alone. */
  readonly around: number;
}

/** Crops a face as a square, kept inside the picture if possible. `box` is in pixels of `size`, the picture's own. */
export function facePicture(picture: CanvasImageSource, size: Size, box: PixelRect, { side, around }: Options): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const shown = Math.max(box.width, box.height) * around;
  const context = canvas.getContext('2d', { alpha: false });
  if (context) {
    context.imageSmoothingQuality = 'high';
    context.scale(side / shown, side / shown);
    const x = startWithin(box.x + box.width / 2, shown, size.width);
    const y = startWithin(box.y + box.height / 2, shown, size.height);
    context.drawImage(picture, -x, -y, size.width, size.height);
  }
  return canvas;
}

/** Start of an interval around a centre, shifted to stay inside `length` if it fits. */
function startWithin(center: number, side: number, length: number): number {
  return side > length ? (length - side) / 2 : Math.max(0, Math.min(length - side, center - side / 2));
}
