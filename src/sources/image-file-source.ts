import { MienError } from '../engine/errors';
import type { Size } from '../engine/geometry';
import { decodeRaster, finishPicture, reduced } from './decoded-picture';
import { byteText } from './byte-text';
import { appliedOrientation, takeWebpOrientation } from './exif-orientation';
import { assertImageSize, MAX_BYTES, MAX_PIXELS, MIN_SIDE, type Picture } from './picture';
import { readImageHeader, type ImageFormat, type ImageHeader } from './image-header';
import { strangeFile } from './strange-file';
import { filmStart } from './video-file/film-start';

/** Maximum pixels of a file, held only while it is decoded: 360 MB. Phones take 50 to 64 million. */
const MAX_DECODED_PIXELS = 90_000_000;
/** Size in pixels at which files above `MAX_PIXELS` are read. */
const REDUCED_PIXELS = 25_000_000;
/** Range of a drawing's longer side, as it has no pixels of its own. */
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

/**
 * Decodes a picture as it is displayed: EXIF orientation applied, transparency on mid-gray, the first frame of an animation. A
 * truncated file is decoded as long as no row of the picture is missing, since that could contain faces.
 *
 * Format and size are checked before anything is decoded.
 *
 * @throws MienError of kind `image`.
 */
export async function openImage(file: Blob): Promise<Picture> {
  if (file.size === 0) throw new MienError('image', 'empty');
  if (file.size > MAX_BYTES) throw new MienError('image', 'too-large', `${file.size} bytes`);
  const bytes = await readBytes(file);
  const { format, alpha, isUncommon } = checkHeader(bytes);
  const bitmap = await decode(bytes, format, alpha).catch((error: unknown) => {
    throw isUncommon ? new MienError('image', 'unsupported', 'coding', error) : error;
  });
  const size = { width: bitmap.width, height: bitmap.height };
  try {
    assertImageSize(size, MIN_SIDE, MAX_DECODED_PIXELS);
  } catch (error) {
    bitmap.close();
    throw error;
  }
  return { bitmap: size.width * size.height > MAX_PIXELS ? await reduced(bitmap, REDUCED_PIXELS) : bitmap, size };
}

/** Number of bytes that suffices to recognise every kind of picture. */
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

function checkHeader(bytes: Uint8Array): Omit<ImageHeader, 'format'> & { readonly format: keyof typeof MIME } {
  const header = readImageHeader(bytes);
  if (!header) throw noImage(bytes);
  const { format, size } = header;
  if (format === 'heic') throw new MienError('image', 'heic');
  if (format === 'other-image') throw new MienError('image', 'unsupported');
  if (size) assertImageSize(size, MIN_SIDE, MAX_DECODED_PIXELS);
  else if (format !== 'svg' && format !== 'avif') throw new MienError('image', 'damaged', 'no size in the header');
  return { ...header, format };
}

/** Error that names the file's actual kind, if known. */
function noImage(bytes: Uint8Array): MienError {
  const start = byteText(bytes.subarray(0, HEADER_BYTES));
  const strange = strangeFile(start);
  if (strange) return new MienError('image', strange.reason, strange.detail);
  // Recovered and half-copied files hold zeros where their data was.
  if (/^\0+$/.test(start)) return new MienError('image', 'damaged', 'zeros');
  return new MienError('image', filmStart(start) >= 0 ? 'video' : 'not-an-image');
}

async function decode(bytes: Uint8Array<ArrayBuffer>, format: keyof typeof MIME, alpha: boolean): Promise<ImageBitmap> {
  const { orientation, file } = format === 'webp' ? takeWebpOrientation(bytes) : { orientation: 1, file: bytes };
  const typed = new Blob([file], { type: MIME[format] });
  if (format === 'svg') return finishPicture(await drawSvg(typed), orientation, alpha);
  try {
    const bitmap = await decodeRaster(typed);
    return finishPicture(bitmap, orientation, alpha || (isTurned(bytes, format) && bitmap.width * bitmap.height <= MAX_PIXELS));
  } catch (error) {
    // AVIF is the one format here that not every browser supports.
    throw format === 'avif' && !(await opensAvif()) ? new MienError('image', 'unsupported', 'decoder', error) : error;
  }
}

/** Browsers rotate such a picture whenever it is drawn; scaled down, it then differs from the same picture stored upright. */
function isTurned(bytes: Uint8Array<ArrayBuffer>, format: keyof typeof MIME): boolean {
  return (format === 'jpeg' || format === 'png') && appliedOrientation(bytes.subarray(0, HEADER_BYTES), format) !== 1;
}

/** Whether this browser reports support for AVIF. */
async function opensAvif(): Promise<boolean> {
  // Typed as always present, yet absent in some browsers.
  if ((globalThis.ImageDecoder as typeof ImageDecoder | undefined) === undefined) return false;
  return ImageDecoder.isTypeSupported('image/avif');
}

/** Draws an SVG as an image, where it can neither run scripts nor load anything. */
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

/** Integer size in the drawing's own proportions, at least one pixel each way. */
export function svgRasterSize(natural: Size): Size {
  const longer = Math.max(natural.width, natural.height, 1);
  const scale = Math.min(Math.max(longer, SVG_SIDE.min), SVG_SIDE.max) / longer;
  return { width: Math.max(1, Math.round(natural.width * scale)), height: Math.max(1, Math.round(natural.height * scale)) };
}
