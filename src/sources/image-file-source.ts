import { MienError } from '../engine/errors';
import type { Size } from '../engine/geometry';
import { decodeRaster, finishPicture, reduced } from './decoded-picture';
import { byteText } from './byte-text';
import { appliedOrientation, takeWebpOrientation } from './exif-orientation';
import { readImageHeader, type ImageFormat } from './image-header';
import { strangeFile } from './strange-file';
import { filmStart } from './video-file/film-start';

/** Most pixels of a picture that is handed in decoded: four bytes each, and a second copy while they are being read. */
export const MAX_PIXELS = 50_000_000;
/** Most pixels of a file, for the moment in which it is decoded: 360 MB. Phones take 50 to 64 million. */
const MAX_DECODED_PIXELS = 90_000_000;
/** Above `MAX_PIXELS`, a file is read at this many. */
const REDUCED_PIXELS = 25_000_000;
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
  ico: 'image/x-icon',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};

/** A decoded picture; the consumer closes `bitmap`. */
export interface Picture {
  /** Smaller than the picture where that is very large. */
  readonly bitmap: ImageBitmap;
  /** Size of the whole picture as displayed: results are reported in these pixels (`inPixelsOf`). */
  readonly size: Size;
}

/**
 * Decodes a picture as it is displayed: EXIF orientation applied, transparency on mid-gray, the first frame of an animation.
 * A file that lacks its end is decoded as long as no row of the picture is missing, since that could hold faces.
 *
 * Nothing is decoded before the content has said what it is and how large it will be.
 *
 * @throws MienError of kind `image`.
 */
export async function openImage(file: Blob): Promise<Picture> {
  if (file.size === 0) throw new MienError('image', 'empty');
  if (file.size > MAX_BYTES) throw new MienError('image', 'too-large', `${file.size} bytes`);
  const bytes = await readBytes(file);
  const { format, alpha } = checkHeader(bytes);
  const bitmap = await decode(bytes, format, alpha);
  const size = { width: bitmap.width, height: bitmap.height };
  try {
    assertImageSize(size, MIN_SIDE, MAX_DECODED_PIXELS);
  } catch (error) {
    bitmap.close();
    throw error;
  }
  return { bitmap: size.width * size.height > MAX_PIXELS ? await reduced(bitmap, REDUCED_PIXELS) : bitmap, size };
}

/** Bytes from which every kind of picture is known. */
const HEADER_BYTES = 64 * 1024;

/** Format of a picture file by its content, not its name: `jpeg`, `png` …; null if unknown. */
export async function pictureContainer(file: Blob): Promise<string | null> {
  const start = await readBytes(file.slice(0, HEADER_BYTES)).catch(() => new Uint8Array());
  const format = start.length > 0 ? readImageHeader(start)?.format : undefined;
  return format === undefined || format === 'other-image' ? null : format;
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    // Moved, deleted or changed since it was chosen.
    throw new MienError('image', 'unreadable', '', error);
  }
}

function checkHeader(bytes: Uint8Array): { readonly format: keyof typeof MIME; readonly alpha: boolean } {
  const header = readImageHeader(bytes);
  if (!header) throw noImage(bytes);
  const { format, size, alpha } = header;
  if (format === 'heic') throw new MienError('image', 'heic');
  if (format === 'other-image') throw new MienError('image', 'unsupported');
  if (size) assertImageSize(size, MIN_SIDE, MAX_DECODED_PIXELS);
  else if (format !== 'svg' && format !== 'avif') throw new MienError('image', 'damaged', 'header breaks off');
  return { format, alpha };
}

/** What the file is instead, where that is known. */
function noImage(bytes: Uint8Array): MienError {
  const start = byteText(bytes.subarray(0, HEADER_BYTES));
  const strange = strangeFile(start);
  if (strange) return new MienError('image', strange.reason, strange.detail);
  return new MienError('image', filmStart(start) >= 0 ? 'video' : 'not-an-image');
}

/**
 * @param minSide Least pixels of width and of height.
 * @throws MienError `image/too-large` or `image/too-small`.
 */
export function assertImageSize({ width, height }: Size, minSide = MIN_SIDE, maxPixels = MAX_PIXELS): void {
  const detail = `${width} × ${height}`;
  if (width * height > maxPixels) throw new MienError('image', 'too-large', detail);
  if (Math.min(width, height) < minSide) throw new MienError('image', 'too-small', detail);
}

async function decode(bytes: Uint8Array<ArrayBuffer>, format: keyof typeof MIME, alpha: boolean): Promise<ImageBitmap> {
  const { orientation, file } = format === 'webp' ? takeWebpOrientation(bytes) : { orientation: 1, file: bytes };
  const typed = new Blob([file], { type: MIME[format] });
  if (format === 'svg') return finishPicture(await drawSvg(typed), orientation, alpha);
  try {
    const bitmap = await decodeRaster(typed);
    return finishPicture(bitmap, orientation, alpha || (isTurned(bytes, format) && bitmap.width * bitmap.height <= MAX_PIXELS));
  } catch (error) {
    // AVIF is the one kind here that not every browser knows.
    throw format === 'avif' && !(await opensAvif()) ? new MienError('image', 'unsupported', 'decoder', error) : error;
  }
}

/** Browsers turn such a picture whenever it is drawn, and a smaller one then differs from that of the same picture stored upright. */
function isTurned(bytes: Uint8Array<ArrayBuffer>, format: keyof typeof MIME): boolean {
  return (format === 'jpeg' || format === 'png') && appliedOrientation(bytes.subarray(0, HEADER_BYTES), format) !== 1;
}

/** Whether this browser opens sound AVIFs, as far as it tells. */
async function opensAvif(): Promise<boolean> {
  // Typed as always present, yet absent in some browsers.
  if ((globalThis.ImageDecoder as typeof ImageDecoder | undefined) === undefined) return false;
  return ImageDecoder.isTypeSupported('image/avif');
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
