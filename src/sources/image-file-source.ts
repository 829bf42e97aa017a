import { MienError } from '../engine/errors';
import type { Size } from '../engine/geometry';
import { readImageHeader, type ImageFormat } from './image-header';

/** Most pixels that are decoded: four bytes each, and a second copy while they are being read. */
export const MAX_PIXELS = 50_000_000;
/** Most bytes that are read, 100 MB. */
export const MAX_BYTES = 100_000_000;
/** No face fits into less, in pixels of width or height. */
export const MIN_SIDE = 32;
/** A drawing has no pixels of its own: its longer side is brought into this range. */
const SVG_SIDE = { min: 1024, max: 4096 };

const MIME: Readonly<Record<Exclude<ImageFormat, 'heic' | 'other-image'>, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};

/**
 * Decodes a picture as it is displayed: EXIF orientation applied, the first frame of an animation. The
 * caller closes the bitmap.
 *
 * Nothing is decoded before the content has said what it is and how large it will be. Throws a `MienError`
 * of kind `image`; a file that breaks off is refused, since its missing part could hold faces.
 */
export async function openImage(file: Blob): Promise<ImageBitmap> {
  if (file.size === 0) throw new MienError('image', 'empty');
  if (file.size > MAX_BYTES) throw new MienError('image', 'too-large', `${file.size} bytes`);
  const bytes = await readBytes(file);
  const format = checkHeader(bytes);
  const typed = new Blob([bytes], { type: MIME[format] });
  const bitmap = format === 'svg' ? await drawSvg(typed) : await decode(typed, format);
  try {
    assertImageSize(bitmap);
  } catch (error) {
    bitmap.close();
    throw error;
  }
  return bitmap;
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    // Moved, deleted or changed since it was chosen.
    throw new MienError('image', 'damaged', 'unreadable', error);
  }
}

function checkHeader(bytes: Uint8Array): keyof typeof MIME {
  const header = readImageHeader(bytes);
  if (!header) throw new MienError('image', 'not-an-image');
  if (header.format === 'heic') throw new MienError('image', 'heic');
  if (header.format === 'other-image') throw new MienError('image', 'unsupported');
  if (header.size) assertImageSize(header.size);
  if (header.truncated) throw new MienError('image', 'damaged', 'breaks off');
  return header.format;
}

/**
 * Throws `image/too-large` or `image/too-small`.
 *
 * @param minSide Least pixels of width and of height.
 */
export function assertImageSize({ width, height }: Size, minSide = MIN_SIDE): void {
  const detail = `${width} × ${height}`;
  if (width * height > MAX_PIXELS) throw new MienError('image', 'too-large', detail);
  if (Math.min(width, height) < minSide) throw new MienError('image', 'too-small', detail);
}

async function decode(blob: Blob, format: ImageFormat): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch (error) {
    // AVIF is the one kind here that not every browser knows.
    throw new MienError('image', format === 'avif' ? 'unsupported' : 'damaged', 'decoder', error);
  }
}

/** As an image, a drawing can neither run scripts nor load anything. */
async function drawSvg(blob: Blob): Promise<ImageBitmap> {
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = svgRasterSize({ width: image.naturalWidth, height: image.naturalHeight });
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    return await createImageBitmap(canvas);
  } catch (error) {
    throw new MienError('image', 'damaged', 'svg', error);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Whole pixels in the drawing's own proportions, at least one each way. */
export function svgRasterSize(natural: Size): Size {
  const longer = Math.max(natural.width, natural.height, 1);
  const scale = Math.min(Math.max(longer, SVG_SIDE.min), SVG_SIDE.max) / longer;
  return { width: Math.max(1, Math.round(natural.width * scale)), height: Math.max(1, Math.round(natural.height * scale)) };
}
