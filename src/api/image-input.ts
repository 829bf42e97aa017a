import { MienError } from '../engine/errors';
import { assertImageSize, MIN_SIDE, type Picture } from '../sources/picture';
import { assertReadable, showsPicture } from '../sources/readable';
import { readDataUri } from './data-uri';
import { pictureOpener } from './picture-opener';

/** Inputs with decoded pixels. */
export type PixelSource = HTMLCanvasElement | OffscreenCanvas | ImageBitmap | ImageData;

/**
 * A picture of 32 pixels to 50 megapixels; files may have up to 90 and are then decoded at a smaller size. Files are JPEG, PNG, WebP, AVIF,
 * GIF, BMP, ICO or SVG up to 100 MB; strings are their `data:` URIs. URLs are not fetched: fetch the file and pass its Blob.
 */
export type ImageInput = PixelSource | HTMLVideoElement | HTMLImageElement | Blob | string;

/** An input picture that waits in the queue. */
export interface PendingImage {
  /** Resolves when an element that is still loading has its picture or failed; null if there is nothing to wait for. */
  readonly loading: Promise<void> | null;
  /** Decodes the picture, or returns the copy. Call at most once. */
  open(): Promise<Picture>;
  /** Closes the picture that `open` returned or would have returned. */
  discard(): void;
}

/**
 * Takes an input picture. Canvases, bitmaps and videos are copied immediately, so that they may change afterwards;
 * files and image elements are decoded only in their turn, to save memory.
 *
 * @throws (from `open`) `call/wrong-type` or a `MienError` of kind `image`.
 */
export function takeImage(input: unknown): PendingImage {
  switch (tagOf(input)) {
    case 'String':
      return later(async () => openFile(await readDataUri(input as string)));
    case 'Blob':
    case 'File':
      return later(() => openFile(input as Blob));
    case 'HTMLImageElement':
      return { ...later(async () => whole(await decodeElement(input as HTMLImageElement))), loading: loadingOf(input as HTMLImageElement) };
    case 'HTMLVideoElement':
      return now(copyVideo(input as HTMLVideoElement));
    default:
      return now(copyPixels(input, MIN_SIDE));
  }
}

/** The input file, or the one decoded from a `data:` URI; null if the input is neither. */
export async function fileOf(input: unknown): Promise<Blob | null> {
  const kind = tagOf(input);
  if (kind === 'String') return readDataUri(input as string).catch(() => null);
  return kind === 'Blob' || kind === 'File' ? (input as Blob) : null;
}

/**
 * Copies a canvas, bitmap or image data. The caller closes the copy.
 *
 * @param minSide smallest width and height, pixels.
 * @throws `call/wrong-type`, `image/empty`, `image/too-small`, `image/too-large`, `image/cross-origin`.
 */
export async function copyPixels(input: unknown, minSide: number): Promise<ImageBitmap> {
  if (!isPixelSource(input)) throw new MienError('call', 'wrong-type', `no picture: ${tagOf(input)}`);
  // A closed bitmap also has size 0.
  if (input.width === 0 || input.height === 0) throw new MienError('image', 'empty', `${input.width} × ${input.height}`);
  assertImageSize(input, minSide);
  return copyReadable(input);
}

/** Class name of a platform object; unlike `instanceof`, it works across windows. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function isPixelSource(input: unknown): input is PixelSource {
  return ['HTMLCanvasElement', 'OffscreenCanvas', 'ImageBitmap', 'ImageData'].includes(tagOf(input));
}

async function openFile(file: Blob): Promise<Picture> {
  const { openImage } = await pictureOpener();
  return openImage(file);
}

async function copyVideo(video: HTMLVideoElement): Promise<ImageBitmap> {
  if (!showsPicture(video)) throw new MienError('image', 'not-ready', 'the video shows no picture yet');
  assertImageSize({ width: video.videoWidth, height: video.videoHeight });
  return copyReadable(video);
}

function loadingOf(image: HTMLImageElement): Promise<void> | null {
  return image.complete ? null : image.decode().catch(() => undefined);
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
    loading: null,
    open: () => (opened = decode()),
    discard: () => void opened?.then(close, () => undefined),
  };
}

function now(copy: Promise<ImageBitmap>): PendingImage {
  // Prevents an unhandled rejection: `open` reports the failure.
  copy.catch(() => undefined);
  return { loading: null, open: () => copy.then(whole), discard: () => void copy.then((bitmap) => bitmap.close(), () => undefined) };
}

/** A bitmap at its picture's full size. */
function whole(bitmap: ImageBitmap): Picture {
  return { bitmap, size: { width: bitmap.width, height: bitmap.height } };
}

/** No effect on a bitmap that was transferred to the engine. */
function close({ bitmap }: Picture): void {
  bitmap.close();
}
