import type { Page } from '@playwright/test';
import { crc32 as zlibCrc32, deflateSync } from 'node:zlib';
import type { Scene } from '../../scripts/drawn-faces/scenes';

/** What `setInputFiles` takes. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export function file(name: string, mimeType: string, buffer: Buffer): TestFile {
  return { name, mimeType, buffer };
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(zlibCrc32(body));
  return Buffer.concat([length, body, check]);
}

/** A white PNG of one bit a pixel: 100 megapixels take a few kilobytes. */
export function plainPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height, 0xff);
  for (let row = 0; row < height; row += 1) rows[row * (1 + Math.ceil(width / 8))] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** RGBA pixels of a scene, 8 bits a channel, row by row. */
async function pixelsOf(page: Page, scene: Scene): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([svg, width, height]) => {
      const picture = new Image();
      picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      await picture.decode();
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no 2D canvas');
      context.drawImage(picture, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      let text = '';
      for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
      return btoa(text);
    },
    [scene.svg, scene.size.width, scene.size.height] as const,
  );
  return Buffer.from(base64, 'base64');
}

/** A BMP of 32 bits a pixel, rows from the top down. */
export async function bitmapOf(page: Page, scene: Scene): Promise<Buffer> {
  const { width, height } = scene.size;
  const pixels = await pixelsOf(page, scene);
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54 + pixels.length, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(-height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(32, 28);
  for (let at = 0; at < pixels.length; at += 4) pixels.subarray(at, at + 3).reverse();
  return Buffer.concat([header, pixels]);
}

/** Index in a palette of 6×6×6 colours. */
function paletteIndex(red: number, green: number, blue: number): number {
  const level = (value: number) => Math.round((value / 255) * 5);
  return level(red) * 36 + level(green) * 6 + level(blue);
}

/** GIF's own coding without its compression: nine-bit codes, the table cleared before it would grow. */
function gifCodes(indices: Uint8Array): Buffer {
  const CLEAR = 256;
  const END = 257;
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  const put = (code: number) => {
    held |= code << bits;
    bits += 9;
    for (; bits >= 8; bits -= 8) {
      bytes.push(held & 255);
      held >>= 8;
    }
  };
  indices.forEach((index, at) => {
    if (at % 250 === 0) put(CLEAR);
    put(index);
  });
  put(END);
  if (bits > 0) bytes.push(held & 255);
  const data = Buffer.from(bytes);
  const blocks: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  return Buffer.concat([...blocks, Buffer.from([0])]);
}

/** An endless GIF of these scenes, which must have one size; 0.2 s a frame. */
export async function animatedGif(page: Page, scenes: readonly [Scene, ...Scene[]]): Promise<Buffer> {
  const { width, height } = scenes[0].size;
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const palette = Buffer.alloc(768);
  for (let index = 0; index < 216; index += 1) {
    palette.set([Math.floor(index / 36) * 51, (Math.floor(index / 6) % 6) * 51, (index % 6) * 51], index * 3);
  }
  const frames: Buffer[] = [];
  for (const scene of scenes) {
    const rgba = await pixelsOf(page, scene);
    const indices = new Uint8Array(width * height).map((_, at) => paletteIndex(rgba[at * 4] ?? 0, rgba[at * 4 + 1] ?? 0, rgba[at * 4 + 2] ?? 0));
    frames.push(
      Buffer.from([0x21, 0xf9, 4, 0, 20, 0, 0, 0]),
      Buffer.from([0x2c, 0, 0, 0, 0]), size, Buffer.from([0, 8]),
      gifCodes(indices),
    );
  }
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'), size, Buffer.from([0xf7, 0, 0]), palette,
    Buffer.from([0x21, 0xff, 11]), Buffer.from('NETSCAPE2.0', 'latin1'), Buffer.from([3, 1, 0, 0, 0]),
    ...frames,
    Buffer.from([0x3b]),
  ]);
}
