import type { PixelRect, Size } from '../../engine/geometry';

interface Options {
  /** Of the picture of the face, pixels. */
  readonly side: number;
  /** How much is shown around the face, in longer sides of its box: 1 is the box alone. */
  readonly around: number;
}

/** A face cut out of a picture as a square, within the picture where it has room. `box`: pixels of `size`, the picture's own. */
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

/** Where a stretch around a centre begins, moved into a length that has room for it. */
function startWithin(center: number, side: number, length: number): number {
  return side > length ? (length - side) / 2 : Math.max(0, Math.min(length - side, center - side / 2));
}
