import { MienError } from '../../engine/errors';
import type { FileWindow } from './file-window';

/**
 * Reads AVI (Microsoft's RIFF container, with the OpenDML extension for files above 1 GB).
 *
 * Written here because no library would do: mediabunny does not read AVI; web-demuxer does, with FFmpeg as 3.2 MB of
 * WebAssembly (LGPL, without its source or licence in the package) in a worker made from a blob, and gives
 * Motion JPEG, the codec of most AVI files that a browser can decode at all, no name.
 */

/** What the header says of a video stream. */
export interface AviHeader {
  /** Four characters, such as `MJPG`. */
  readonly fourcc: string;
  readonly width: number;
  readonly height: number;
  /** Width of a pixel in heights. */
  readonly pixelAspect: number;
  /** What stands behind the size: of H.264 that was copied from an MP4, the decoder's description. */
  readonly extra: Uint8Array<ArrayBuffer>;
  /** Frames per second. */
  readonly frameRate: number;
  /** By the header; 0 where it does not say. */
  readonly frameCount: number;
  /** Its number among the file's streams. */
  readonly stream: number;
  /** Where the first list of frames begins. */
  readonly dataStart: number;
}

/** One frame's bytes in the file. Zero bytes: the frame before is shown again. */
export interface AviChunk {
  readonly start: number;
  readonly bytes: number;
}

/** Lists whose content matters; others are stepped over. */
const ENTERED = new Set(['AVI ', 'AVIX', 'hdrl', 'strl', 'odml', 'movi', 'rec ']);

/** Descriptions of decoders are shorter. */
const MOST_EXTRA_BYTES = 1 << 16;
/** Pixels that are more slender or wider are a damaged header. */
const MOST_ASPECT = 4;

/** No camera takes more frames a second; a damaged header may say so. */
const FASTEST = 1_000_000;

interface Chunk extends AviChunk {
  /** Four characters. */
  readonly id: string;
  /** Of a list that is entered next; else empty. */
  readonly list: string;
}

/** All chunks one after the other, lists entered: their own lengths are not relied on, which a crash leaves at zero. */
async function* chunks(file: FileWindow, from: number): AsyncGenerator<Chunk, void, undefined> {
  let offset = from;
  while (offset + 8 <= file.size) {
    const head = await file.read(offset, 12);
    const id = ascii(head, 0);
    const bytes = uint32(head, 4);
    const list = id === 'RIFF' || id === 'LIST' ? ascii(head, 8) : '';
    yield { id, list, start: offset + 8, bytes };
    // Chunks begin at even places.
    offset += ENTERED.has(list) ? 12 : 8 + bytes + (bytes % 2);
  }
}

/** The video streams, at least one. @throws MienError `video/damaged` without a readable header, `video/no-picture` without a video stream. */
export async function readAviHeaders(file: FileWindow): Promise<readonly [AviHeader, ...AviHeader[]]> {
  let streams = 0;
  let open: Pick<AviHeader, 'frameRate' | 'frameCount' | 'stream'> | null = null;
  const videos: Omit<AviHeader, 'dataStart'>[] = [];
  let odmlFrames = 0;
  for await (const { id, list, start, bytes } of chunks(file, 0)) {
    if (list === 'movi') {
      // The extension counts the frames of the first stream.
      const [first, ...others] = videos.map((video, i) => ({ ...video, frameCount: i === 0 ? Math.max(video.frameCount, odmlFrames) : video.frameCount, dataStart: start + 4 }));
      if (!first) throw new MienError('video', streams > 0 ? 'no-picture' : 'damaged', 'no video stream');
      return [first, ...others];
    }
    if (id === 'strh' && bytes >= 36) {
      const head = await file.read(start, 36);
      open = ascii(head, 0) === 'vids' ? { ...rateOf(head), frameCount: uint32(head, 32), stream: streams } : null;
      streams++;
    } else if (id === 'strf' && bytes >= 40 && open) {
      const head = await file.read(start, 40);
      // A negative height means rows from the top down.
      const extra = (await file.read(start + 40, Math.min(bytes - 40, MOST_EXTRA_BYTES))).slice();
      videos.push({ ...open, width: uint32(head, 4), height: Math.abs(uint32(head, 8) | 0), fourcc: ascii(head, 16), pixelAspect: 1, extra });
      open = null;
    } else if (id === 'vprp' && bytes >= 32) {
      const video = videos.pop();
      if (video) videos.push({ ...video, pixelAspect: pixelAspectOf(await file.read(start, 32)) });
    } else if (id === 'dmlh' && bytes >= 4) {
      odmlFrames = uint32(await file.read(start, 4), 0);
    }
  }
  throw new MienError('video', 'damaged', 'no frames');
}

/** The shape of the picture, two halves of one number, and its size tell that of its pixels; a zero tells nothing. */
function pixelAspectOf(properties: Uint8Array): number {
  const shape = uint32(properties, 20);
  const aspect = ((shape >>> 16) / (shape & 0xffff)) * (uint32(properties, 28) / uint32(properties, 24));
  return aspect >= 1 / MOST_ASPECT && aspect <= MOST_ASPECT ? aspect : 1;
}

function rateOf(streamHeader: Uint8Array): { readonly frameRate: number } {
  const rate = uint32(streamHeader, 24) / uint32(streamHeader, 20);
  if (!(rate > 0 && rate <= FASTEST)) throw new MienError('video', 'damaged', `${rate} frames per second`);
  return { frameRate: rate };
}

/** A video stream's frames in the order in which they stand. */
export async function* aviFrames(file: FileWindow, { stream, dataStart }: AviHeader): AsyncGenerator<AviChunk, void, undefined> {
  const number = String(stream).padStart(2, '0');
  const wanted = new Set([`${number}dc`, `${number}db`]);
  for await (const { id, start, bytes } of chunks(file, dataStart)) {
    if (!wanted.has(id)) continue;
    // The last frame of a truncated file is not whole.
    if (start + bytes > file.size) return;
    yield { start, bytes };
  }
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}
