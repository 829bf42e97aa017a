import { canvasToBlob } from './canvas-blob';

/** Longest side of a thumbnail, pixels: fits a grid cell on a high-density display. */
const THUMBNAIL_SIDE = 256;

/** A small JPEG of the picture, with white for transparent parts. Does not close the picture. */
export async function makeThumbnail(picture: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  }
  return canvasToBlob(canvas, 'image/jpeg');
}
