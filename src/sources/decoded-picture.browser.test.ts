import { expect, test } from 'vitest';
import { noFace, oneFace } from '../../scripts/drawn-faces/scenes';
import { pictureFile } from '../testing/drawn-picture';
import { avifFile } from '../testing/picture-files';
import { openImage } from './image-file-source';

/** Left half red, right half blue, to show how a picture was rotated. */
async function twoHalves(type: 'image/png' | 'image/jpeg' | 'image/webp', width = 128, height = 64): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  context.fillStyle = '#f00';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = '#00f';
  context.fillRect(width / 2, 0, width / 2, height);
  return bytesOf(await canvas.convertToBlob({ type, quality: 0.95 }));
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** Colour at the middle of each edge, by name. */
function edgesOf(bitmap: ImageBitmap): Record<'left' | 'right' | 'top' | 'bottom', string> {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0);
  const at = (x: number, y: number) => {
    const [r = 0, g = 0, b = 0] = context.getImageData(x, y, 1, 1).data;
    if (Math.max(r, g, b) - Math.min(r, g, b) < 12) return `gray ${Math.round(r / 16) * 16}`;
    return r > b ? 'red' : 'blue';
  };
  return { left: at(1, height >> 1), right: at(width - 2, height >> 1), top: at(width >> 1, 1), bottom: at(width >> 1, height - 2) };
}

async function open(...parts: BlobPart[]): Promise<ReturnType<typeof edgesOf> & { size: string }> {
  const { bitmap, size } = await openImage(new Blob(parts));
  try {
    return { ...edgesOf(bitmap), size: `${size.width}×${size.height}` };
  } finally {
    bitmap.close();
  }
}

/** EXIF data with only an orientation. */
const exifOf = (orientation: number) => [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];

/** A WebP with an EXIF orientation (RFC 9649). Browsers already write the extended header, for the colour profile. */
function orientedWebp(webp: Uint8Array<ArrayBuffer>, orientation: number): Uint8Array<ArrayBuffer> {
  const chunk = (id: string, body: readonly number[]) => [...new TextEncoder().encode(id), body.length & 255, (body.length >> 8) & 255, 0, 0, ...body];
  const extended = webp.slice(8);
  extended[12] = (extended[12] ?? 0) | 0x08;
  return Uint8Array.from(chunk('RIFF', [...extended, ...chunk('EXIF', exifOf(orientation))]));
}

test('JPEGs without an end marker, with stray bytes, and truncated progressive ones are shown', async () => {
  const jpeg = await twoHalves('image/jpeg');
  const shown = { left: 'red', right: 'blue', size: '128×64' };
  expect(await open(jpeg.subarray(0, -2))).toMatchObject(shown);
  // After APP0, which is 20 bytes long with the start marker.
  expect(await open(jpeg.subarray(0, 20), new Uint8Array(4), jpeg.subarray(20))).toMatchObject(shown);
});

test('a JPEG whose header claims rows that are not there is refused; one with a gray edge is shown', async () => {
  const canvas = new OffscreenCanvas(128, 96);
  const context = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  context.fillStyle = '#808080';
  context.fillRect(0, 0, 128, 96);
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 64, 48);
  const jpeg = await bytesOf(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 }));
  expect(await open(jpeg)).toMatchObject({ size: '128×96', bottom: 'gray 128' });
  const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
  await expect(open(jpeg.with(frame + 6, 192))).rejects.toMatchObject({ kind: 'image', reason: 'damaged', detail: '96 rows are missing' });
});

test('a PNG without an IEND chunk is shown', async () => {
  const png = await twoHalves('image/png');
  expect(await open(png.subarray(0, -12))).toMatchObject({ left: 'red', right: 'blue' });
  expect(await open(png.subarray(0, -5))).toMatchObject({ left: 'red', right: 'blue' });
});

test('a WebP that lacks its last bytes is shown, and refused if more is missing', async () => {
  for (const webp of [await twoHalves('image/webp'), await bytesOf(await pictureFile(noFace(), 'wall', 'image/webp'))]) {
    for (const short of [1, 2, 4]) {
      const { bitmap } = await openImage(new Blob([webp.subarray(0, -short)]));
      bitmap.close();
    }
    await expect(openImage(new Blob([webp.subarray(0, -40)]))).rejects.toMatchObject({ kind: 'image', reason: 'damaged' });
  }
  expect(await open((await twoHalves('image/webp')).subarray(0, -1))).toMatchObject({ left: 'red', right: 'blue' });
});

test('a WebP without metadata after its picture, or with a wrong length, is shown and rotated', async () => {
  const webp = await twoHalves('image/webp');
  const turned = orientedWebp(webp, 3);
  expect(await open(turned.subarray(0, -4))).toMatchObject({ left: 'blue', right: 'red' });
  for (const stated of [webp.length + 400, webp.length - 30]) {
    const wrong = webp.slice();
    new DataView(wrong.buffer).setUint32(4, stated, true);
    expect(await open(wrong)).toMatchObject({ left: 'red', right: 'blue' });
  }
});

test('a truncated AVIF is damaged, not unknown', async () => {
  const avif = await avifFile(noFace());
  await expect(openImage(avif.slice(0, avif.size - 20))).rejects.toMatchObject({ kind: 'image', reason: 'damaged' });
});

test.each(['image/jpeg', 'image/png', 'image/webp'] as const)('a picture in %s with missing rows is refused', async (type) => {
  const file = await bytesOf(await pictureFile(noFace(), 'wall', type));
  for (const share of [0.3, 0.6, 0.9]) {
    await expect(openImage(new Blob([file.subarray(0, file.length * share)])), `${share} of it`).rejects.toMatchObject({ kind: 'image', reason: 'damaged' });
  }
});

test.each([
  [1, { left: 'red', right: 'blue', size: '128×64' }],
  [2, { left: 'blue', right: 'red', size: '128×64' }],
  [3, { left: 'blue', right: 'red', size: '128×64' }],
  [6, { top: 'red', bottom: 'blue', size: '64×128' }],
  [8, { top: 'blue', bottom: 'red', size: '64×128' }],
  [99, { left: 'red', right: 'blue', size: '128×64' }],
])('a WebP with EXIF orientation %i is turned once', async (orientation, expected) => {
  expect(await open(orientedWebp(await twoHalves('image/webp'), orientation))).toMatchObject(expected);
});

test('a JPEG rotated for display gives the same pixels as if stored upright', async () => {
  const jpeg = await bytesOf(await pictureFile(oneFace(), 'face', 'image/jpeg'));
  const exif = [0xff, 0xe1, 0, 2 + 6 + exifOf(3).length, ...new TextEncoder().encode('Exif\0\0'), ...exifOf(3)];
  const { bitmap } = await openImage(new Blob([jpeg.subarray(0, 2), Uint8Array.from(exif), jpeg.subarray(2)]));
  const drawn = (source: CanvasImageSource, width: number, height: number) => {
    const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(source, 0, 0, width, height);
    return context;
  };
  const small = (source: CanvasImageSource) => drawn(source, 96, 72).getImageData(0, 0, 96, 72).data;
  const stored = await createImageBitmap(drawn(bitmap, bitmap.width, bitmap.height).canvas);
  expect(small(bitmap)).toEqual(small(stored));
  bitmap.close();
  stored.close();
});

test.each(['image/png', 'image/webp'] as const)('transparency in %s becomes mid-gray', async (type) => {
  const canvas = new OffscreenCanvas(64, 64);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 32, 64);
  expect(await open(await canvas.convertToBlob({ type }))).toMatchObject({ left: 'red', right: 'gray 128' });
});

test('transparency in a drawing becomes mid-gray too', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024"><rect width="512" height="1024" fill="#f00"/></svg>';
  expect(await open(svg)).toMatchObject({ left: 'red', right: 'gray 128', size: '1024×1024' });
});

test('a phone’s picture of 50 megapixels is decoded smaller, and its original size reported', async () => {
  const jpeg = await twoHalves('image/jpeg', 8192, 6144);
  const { bitmap, size } = await openImage(new Blob([jpeg]));
  expect(size).toEqual({ width: 8192, height: 6144 });
  expect(bitmap.width * bitmap.height).toBeLessThanOrEqual(25_000_000);
  expect(bitmap.width / bitmap.height).toBeCloseTo(4 / 3, 3);
  expect(edgesOf(bitmap)).toMatchObject({ left: 'red', right: 'blue' });
  bitmap.close();
});

test('a very wide picture keeps all of its pixels', async () => {
  const { bitmap, size } = await openImage(new Blob([await twoHalves('image/jpeg', 20_000, 500)]));
  expect([bitmap.width, bitmap.height, size.width, size.height]).toEqual([20_000, 500, 20_000, 500]);
  bitmap.close();
});
