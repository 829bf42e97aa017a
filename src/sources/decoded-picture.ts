import { MienError } from '../engine/errors';
import type { Size } from '../engine/geometry';
import { missingRows } from './jpeg-rows';
import { repairedWebp } from './repaired-webp';

/** Background for transparent pixels: mid-gray makes neither a bright nor a dark frame for a cut-out face. */
const GROUND = '#808080';

/** Rows that decoders hold back until a JPEG's end marker: 16, and two that are upsampled with them. */
const JPEG_ROWS_HELD_BACK = 18;
/** Colour profiles leave gray nearly gray. */
const GRAY_SLACK = 8;
const JPEG_END = Uint8Array.of(0xff, 0xd9);

/** Horizontal and vertical axes of the displayed picture within the stored one, by EXIF orientation (CIPA DC-008). */
const TRANSFORMS: Readonly<Record<number, readonly [a: number, b: number, c: number, d: number]>> = {
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  4: [1, 0, 0, -1],
  5: [0, 1, 1, 0],
  6: [0, 1, -1, 0],
  7: [0, -1, -1, 0],
  8: [0, -1, 1, 0],
};

/**
 * Decodes a picture that may be truncated, as long as no row is missing.
 *
 * @throws MienError `image/damaged`.
 */
export async function decodeRaster(blob: Blob): Promise<ImageBitmap> {
  try {
    const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' });
    if (blob.type === 'image/jpeg' && hasGrayEdge(bitmap)) await assertRowsCoded(blob).catch((error: unknown) => {
      bitmap.close();
      throw error;
    });
    return bitmap;
  } catch (error) {
    if (error instanceof MienError) throw error;
    const repaired = blob.type === 'image/webp' ? repairedWebp(new Uint8Array(await blob.arrayBuffer())) : null;
    return repaired ? decodeRepaired(new Blob([repaired.bytes], { type: blob.type })) : decodeIncomplete(blob, error);
  }
}

async function decodeRepaired(blob: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch (error) {
    return decodeIncomplete(blob, error);
  }
}

/** An image element draws the rows that a truncated file has, and leaves missing ones transparent. */
async function decodeIncomplete(blob: Blob, failure: unknown): Promise<ImageBitmap> {
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const size = { width: image.naturalWidth, height: image.naturalHeight };
    const { canvas, context } = blank(size);
    context.drawImage(image, 0, 0);
    const missing = emptyLines(context, size);
    if (missing > (blob.type === 'image/jpeg' ? JPEG_ROWS_HELD_BACK : 0)) throw new MienError('image', 'damaged', `${missing} rows are missing`);
    if (blob.type === 'image/jpeg') await assertRowsCoded(blob);
    if (missing === 0) return canvas.transferToImageBitmap();
    return await createImageBitmap(new Blob([blob, JPEG_END]), { imageOrientation: 'from-image' });
  } catch (error) {
    throw error instanceof MienError ? error : new MienError('image', 'damaged', 'decoder', failure);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Decoders fill rows with gray that a JPEG announces and then ends without. */
async function assertRowsCoded(blob: Blob): Promise<void> {
  const missing = await missingRows(new Uint8Array(await blob.arrayBuffer()));
  if (missing > JPEG_ROWS_HELD_BACK) throw new MienError('image', 'damaged', `${missing} rows are missing`);
}

/** Whether an edge, the lower one of a picture that may be turned, is of one gray throughout. */
function hasGrayEdge(bitmap: ImageBitmap): boolean {
  const { width, height } = bitmap;
  const edges = [[0, 0, width, 1], [0, height - 1, width, 1], [0, 0, 1, height], [width - 1, 0, 1, height]] as const;
  return edges.some(([x, y, w, h]) => {
    const { context } = blank({ width: w, height: h });
    context.drawImage(bitmap, -x, -y);
    const { data } = context.getImageData(0, 0, w, h);
    const [red = 0, green = 0, blue = 0] = data;
    const isGray = Math.max(red, green, blue) - Math.min(red, green, blue) <= GRAY_SLACK;
    return isGray && data.every((value, i) => value === data[i & 3]);
  });
}

/** Counts empty rows, or empty columns from an edge on: the rows of a rotated picture. */
function emptyLines(context: OffscreenCanvasRenderingContext2D, { width, height }: Size): number {
  const isEmpty = (x: number, y: number, w: number, h: number) => {
    const { data } = context.getImageData(x, y, w, h);
    for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) return false;
    return true;
  };
  let rows = 0;
  for (let y = 0; y < height; y++) if (isEmpty(0, y, width, 1)) rows++;
  let left = 0;
  while (left < width && isEmpty(left, 0, 1, height)) left++;
  let right = 0;
  while (right < width - left && isEmpty(width - 1 - right, 0, 1, height)) right++;
  return Math.max(rows, left, right);
}

/**
 * Applies the EXIF orientation, and a background to transparent pixels. Closes the bitmap unless it is returned unchanged.
 *
 * @param redrawn whether pixels may be transparent, or must match the displayed ones.
 */
export function finishPicture(bitmap: ImageBitmap, orientation: number, redrawn: boolean): ImageBitmap {
  const transform = TRANSFORMS[orientation];
  if (!transform && !redrawn) return bitmap;
  try {
    const [a, b, c, d] = transform ?? [1, 0, 0, 1];
    const turned = a === 0;
    const size = turned ? { width: bitmap.height, height: bitmap.width } : { width: bitmap.width, height: bitmap.height };
    const { canvas, context } = blank(size);
    context.fillStyle = GROUND;
    context.fillRect(0, 0, size.width, size.height);
    context.setTransform(a, b, c, d, a + c < 0 ? size.width : 0, b + d < 0 ? size.height : 0);
    context.drawImage(bitmap, 0, 0);
    return canvas.transferToImageBitmap();
  } finally {
    bitmap.close();
  }
}

/** Scales the picture down to at most this many pixels; takes ownership of it. */
export async function reduced(bitmap: ImageBitmap, mostPixels: number): Promise<ImageBitmap> {
  const scale = Math.sqrt(mostPixels / (bitmap.width * bitmap.height));
  if (scale >= 1) return bitmap;
  try {
    return await createImageBitmap(bitmap, {
      resizeWidth: Math.max(1, Math.floor(bitmap.width * scale)),
      resizeHeight: Math.max(1, Math.floor(bitmap.height * scale)),
      resizeQuality: 'high',
    });
  } finally {
    bitmap.close();
  }
}

function blank({ width, height }: Size): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new MienError('image', 'too-large', 'no canvas');
  return { canvas, context };
}
