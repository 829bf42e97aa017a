import { MienError } from '../engine/errors';
import { assertImageSize, MIN_SIDE, openImage, type Picture } from '../sources/image-file-source';
import { assertReadable, showsPicture } from '../sources/readable';
import { readDataUri } from './data-uri';

/** Inputs whose pixels are decoded already. */
export type PixelSource = HTMLCanvasElement | OffscreenCanvas | ImageBitmap | ImageData;

/**
 * Anything that holds one picture of 32 pixels to 50 megapixels; a file may have 90, and is then read smaller. A file is a
 * JPEG, PNG, WebP, AVIF, GIF, BMP, ICO or SVG up to 100 MB; a text is a `data:` URI of one. Addresses are not fetched: fetch the file and hand in its Blob.
 */
export type ImageInput = PixelSource | HTMLVideoElement | HTMLImageElement | Blob | string;

/** A picture that was handed in and waits for its turn. */
export interface PendingImage {
  /** Decodes it, or gives the copy that was made. To be called at most once. */
  open(): Promise<Picture>;
  /** Closes what `open` gave, or would have given. */
  discard(): void;
}

/**
 * Takes a picture in. Canvases, bitmaps and videos are copied now, so that they may change afterwards; files and
 * image elements are decoded when it is their turn, so that many of them do not fill the memory.
 *
 * `open` throws `call/wrong-type` or a `MienError` of kind `image`.
 */
export function takeImage(input: unknown): PendingImage {
  switch (tagOf(input)) {
    case 'String':
      return later(async () => openImage(await readDataUri(input as string)));
    case 'Blob':
    case 'File':
      return later(() => openImage(input as Blob));
    case 'HTMLImageElement':
      return later(async () => whole(await decodeElement(input as HTMLImageElement)));
    case 'HTMLVideoElement':
      return now(copyVideo(input as HTMLVideoElement));
    default:
      return now(copyPixels(input, MIN_SIDE));
  }
}

/** The file that an input is, or holds as a `data:` URI; null if it is none. */
export async function fileOf(input: unknown): Promise<Blob | null> {
  const kind = tagOf(input);
  if (kind === 'String') return readDataUri(input as string).catch(() => null);
  return kind === 'Blob' || kind === 'File' ? (input as Blob) : null;
}

/**
 * A copy of a canvas, a bitmap or of image data. The caller closes it.
 *
 * Throws `call/wrong-type`, `image/empty`, `image/too-small`, `image/too-large`, `image/cross-origin`.
 *
 * @param minSide Least pixels of width and of height.
 */
export async function copyPixels(input: unknown, minSide: number): Promise<ImageBitmap> {
  if (!isPixelSource(input)) throw new MienError('call', 'wrong-type', `no picture: ${tagOf(input)}`);
  // A bitmap that was closed has no size either.
  if (input.width === 0 || input.height === 0) throw new MienError('image', 'empty', `${input.width} × ${input.height}`);
  assertImageSize(input, minSide);
  return copyReadable(input);
}

/** The class of a platform object; unlike `instanceof`, also of another window's. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function isPixelSource(input: unknown): input is PixelSource {
  return ['HTMLCanvasElement', 'OffscreenCanvas', 'ImageBitmap', 'ImageData'].includes(tagOf(input));
}

async function copyVideo(video: HTMLVideoElement): Promise<ImageBitmap> {
  if (!showsPicture(video)) throw new MienError('image', 'not-ready', 'the video shows no picture yet');
  assertImageSize({ width: video.videoWidth, height: video.videoHeight });
  return copyReadable(video);
}

async function decodeElement(image: HTMLImageElement): Promise<ImageBitmap> {
  try {
    await image.decode();
  } catch (error) {
    throw new MienError('image', 'damaged', 'the image element has no picture', error);
  }
  assertImageSize({ width: image.naturalWidth, height: image.naturalHeight });
  return copyReadable(image);
}

async function copyReadable(source: PixelSource | HTMLVideoElement | HTMLImageElement): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(source).catch((error: unknown) => {
    throw new MienError('image', 'damaged', String(error), error);
  });
  try {
    assertReadable(bitmap);
    return bitmap;
  } catch (error) {
    bitmap.close();
    throw error;
  }
}

function later(decode: () => Promise<Picture>): PendingImage {
  let opened: Promise<Picture> | null = null;
  return {
    open: () => (opened = decode()),
    discard: () => void opened?.then(close, () => undefined),
  };
}

function now(copy: Promise<ImageBitmap>): PendingImage {
  // `open` reports the failure; until then it is no unhandled rejection.
  copy.catch(() => undefined);
  return { open: () => copy.then(whole), discard: () => void copy.then((bitmap) => bitmap.close(), () => undefined) };
}

/** A bitmap that has all pixels of its picture. */
function whole(bitmap: ImageBitmap): Picture {
  return { bitmap, size: { width: bitmap.width, height: bitmap.height } };
}

/** Does nothing to a bitmap that was handed over to the engine. */
function close({ bitmap }: Picture): void {
  bitmap.close();
}
