import type { Scene } from '../../scripts/drawn-faces/scenes';
import { joined } from '../engine/joined';
import { drawScene } from './drawn-picture';

type Part = Uint8Array<ArrayBuffer> | string;

function bytesOf(part: Part): Uint8Array<ArrayBuffer> {
  return typeof part === 'string' ? Uint8Array.from(part, (character) => character.charCodeAt(0)) : part;
}

function join(...parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  return joined(Uint8Array, parts.map(bytesOf));
}

/** An unsigned integer of `length` bytes. */
function integer(value: number, length: 2 | 4, littleEndian = false): Uint8Array<ArrayBuffer> {
  const bytes = Array.from({ length }, (_, i) => (value >>> (8 * i)) & 255);
  return new Uint8Array(littleEndian ? bytes : bytes.reverse());
}

const le = (value: number, length: 2 | 4) => integer(value, length, true);
const be = (value: number, length: 2 | 4) => integer(value, length);

/** RGBA pixels, row by row. */
async function pixelsOf(scene: Scene): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const { width, height } = scene.size;
  const pixels = (await drawScene(scene)).getContext('2d')?.getImageData(0, 0, width, height).data;
  if (pixels === undefined) throw new Error('no 2D canvas');
  return pixels;
}

/** A BMP with 32 bits per pixel, top-down. */
export async function bmpFile(scene: Scene): Promise<File> {
  const { width, height } = scene.size;
  const pixels = new Uint8Array(await pixelsOf(scene));
  for (let at = 0; at < pixels.length; at += 4) pixels.subarray(at, at + 3).reverse();
  const fileHeader = join('BM', le(54 + pixels.length, 4), le(0, 4), le(54, 4));
  const info = join(le(40, 4), le(width, 4), le(-height, 4), le(1, 2), le(32, 2), new Uint8Array(24));
  return new File([fileHeader, info, pixels], 'picture.bmp', { type: 'image/bmp' });
}

/** Index in a 6×6×6 colour palette. */
function paletteIndex(red: number, green: number, blue: number): number {
  const level = (value: number) => Math.round((value / 255) * 5);
  return level(red) * 36 + level(green) * 6 + level(blue);
}

/** Uncompressed GIF code stream: nine-bit codes, with a clear code before the table would grow. */
function gifCodes(indices: Uint8Array): Uint8Array<ArrayBuffer> {
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
  const blocks: Part[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = new Uint8Array(bytes.slice(at, at + 255));
    blocks.push(new Uint8Array([block.length]), block);
  }
  return join(...blocks, '\0');
}

/** An endless GIF of scenes of equal size; 0.2 s per frame. */
export async function animatedGifFile(scenes: readonly [Scene, ...Scene[]]): Promise<File> {
  const { width, height } = scenes[0].size;
  const size = join(le(width, 2), le(height, 2));
  const palette = new Uint8Array(768);
  for (let index = 0; index < 216; index++) palette.set([Math.floor(index / 36) * 51, (Math.floor(index / 6) % 6) * 51, (index % 6) * 51], index * 3);
  const frames: Part[] = [];
  for (const scene of scenes) {
    const rgba = await pixelsOf(scene);
    const indices = new Uint8Array(width * height).map((_, at) => paletteIndex(rgba[at * 4] ?? 0, rgba[at * 4 + 1] ?? 0, rgba[at * 4 + 2] ?? 0));
    frames.push(new Uint8Array([0x21, 0xf9, 4, 0, 20, 0, 0, 0]), new Uint8Array([0x2c, 0, 0, 0, 0]), size, new Uint8Array([0, 8]), gifCodes(indices));
  }
  const loop = join(new Uint8Array([0x21, 0xff, 11]), 'NETSCAPE2.0', new Uint8Array([3, 1, 0, 0, 0]));
  return new File([join('GIF89a', size, new Uint8Array([0xf7, 0, 0]), palette, loop, ...frames, ';')], 'moving.gif', { type: 'image/gif' });
}

/** A RIFF chunk: little-endian length, padded to even. */
const chunk = (type: string, ...content: readonly Part[]) => {
  const body = join(...content);
  return join(type, le(body.length, 4), body, body.length % 2 === 0 ? '' : '\0');
};

/** An endless WebP of scenes of equal size; `stepMs` per frame (RFC 9649). */
export async function animatedWebpFile(scenes: readonly [Scene, ...Scene[]], stepMs: number): Promise<File> {
  const { width, height } = scenes[0].size;
  const uint24 = (value: number) => le(value, 4).subarray(0, 3);
  const size = join(uint24(width - 1), uint24(height - 1));
  const frames: Part[] = [];
  for (const scene of scenes) {
    const still = await (await drawScene(scene)).convertToBlob({ type: 'image/webp', quality: 0.9 });
    // Skips an ICC profile and other chunks before the picture.
    const bytes = new Uint8Array(await still.arrayBuffer());
    const at = String.fromCharCode(...bytes).search(/VP8[ L]/);
    const picture = bytes.subarray(at, at + 8 + new DataView(bytes.buffer).getUint32(at + 4, true));
    frames.push(chunk('ANMF', uint24(0), uint24(0), size, uint24(stepMs), '\0', picture, picture.length % 2 === 0 ? '' : '\0'));
  }
  const content = join('WEBP', chunk('VP8X', new Uint8Array([0x02, 0, 0, 0]), size), chunk('ANIM', le(0, 4), le(0, 2)), ...frames);
  return new File([join('RIFF', le(content.length, 4), content)], 'moving.webp', { type: 'image/webp' });
}

/** AV1 Main profile, level 3.0, 8 bits: up to 665,856 pixels. */
const AV1_CODEC = 'av01.0.04M.08';
/** The same as an `AV1CodecConfigurationRecord` (AV1-ISOBMFF 2.3.3): 4:2:0, chroma position unknown. */
const AV1_CONFIGURATION = new Uint8Array([0x81, 0x04, 0x0c, 0x00]);

function box(type: string, ...content: readonly Part[]): Uint8Array<ArrayBuffer> {
  const body = join(...content);
  return join(be(8 + body.length, 4), type, body);
}

/** A box with a version and no flags. */
function fullBox(type: string, version: number, ...content: readonly Part[]): Uint8Array<ArrayBuffer> {
  return box(type, new Uint8Array([version, 0, 0, 0]), ...content);
}

/**
 * Encodes a scene as AVIF. Chromium's canvas does not write AVIF, but its video encoder gives the single AV1 frame that
 * such a picture consists of; the boxes around it (ISO/IEC 23008-12) are written here.
 */
export async function avifFile(scene: Scene): Promise<File> {
  const { width, height } = scene.size;
  const frame = await av1KeyFrame(scene);
  const fileType = box('ftyp', 'avif', be(0, 4), 'avifmif1miaf');
  const metaOf = (offset: number) =>
    fullBox('meta', 0,
      fullBox('hdlr', 0, be(0, 4), 'pict', new Uint8Array(13)),
      fullBox('pitm', 0, be(1, 2)),
      // One extent with a four-byte offset and length.
      fullBox('iloc', 0, be(0x4400, 2), be(1, 2), be(1, 2), be(0, 2), be(1, 2), be(offset, 4), be(frame.length, 4)),
      fullBox('iinf', 0, be(1, 2), fullBox('infe', 2, be(1, 2), be(0, 2), 'av01', '\0')),
      box('iprp',
        box('ipco',
          fullBox('ispe', 0, be(width, 4), be(height, 4)),
          fullBox('pixi', 0, new Uint8Array([3, 8, 8, 8])),
          box('av1C', AV1_CONFIGURATION),
        ),
        // All three properties belong to the one item; only the last is essential.
        fullBox('ipma', 0, be(1, 4), be(1, 2), new Uint8Array([3, 1, 2, 0x83])),
      ),
    );
  const dataAt = fileType.length + metaOf(0).length + 8;
  return new File([fileType, metaOf(dataAt), box('mdat', frame)], 'picture.avif', { type: 'image/avif' });
}

/** One keyframe, without the temporal delimiter that starts a stream. */
async function av1KeyFrame(scene: Scene): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: EncodedVideoChunk[] = [];
  const failures: DOMException[] = [];
  const encoder = new VideoEncoder({ output: (chunk) => chunks.push(chunk), error: (error) => failures.push(error) });
  encoder.configure({ codec: AV1_CODEC, ...scene.size, bitrate: 2_000_000 });
  const frame = new VideoFrame(await drawScene(scene), { timestamp: 0 });
  encoder.encode(frame, { keyFrame: true });
  frame.close();
  await encoder.flush();
  encoder.close();
  const [chunk] = chunks;
  if (chunk === undefined) throw failures[0] ?? new Error('nothing was encoded');
  const bytes = new Uint8Array(chunk.byteLength);
  chunk.copyTo(bytes);
  const DELIMITER = 0x12;
  return bytes[0] === DELIMITER ? bytes.slice(2) : bytes;
}
