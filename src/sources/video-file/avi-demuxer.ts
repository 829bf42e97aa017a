import { MienError } from '../../engine/errors';
import type { FileWindow } from './file-window';
import { searchFor } from './salvaged-file';

/**
 * Reads AVI (Microsoft's RIFF container, with the OpenDML extension for files above 1 GB).
 *
 * Written here because no library fits: mediabunny does not read AVI; web-demuxer does, with FFmpeg as 3.2 MB of WebAssembly (LGPL,
 * without its source or licence in the package) in a worker made from a blob, and does not name Motion JPEG, the codec of most AVI
 * files that a browser can decode at all.
 */

/** Header of a video stream. */
export interface AviHeader {
  /** Four characters, e.g. `MJPG`. */
  readonly fourcc: string;
  readonly width: number;
  readonly height: number;
  /** Ratio of a pixel's width to its height. */
  readonly pixelAspect: number;
  /** Data after the size: for H.264 copied from an MP4, the decoder's description. */
  readonly extra: Uint8Array<ArrayBuffer>;
  /** Frames per second. */
  readonly frameRate: number;
  /** From the header; 0 if missing. */
  readonly frameCount: number;
  /** Its index among the file's streams. */
  readonly stream: number;
  /** Offset of the first list of frames. */
  readonly dataStart: number;
}

/** One frame's bytes in the file. Zero bytes: the previous frame is shown again. */
export interface AviChunk {
  readonly start: number;
  readonly bytes: number;
}

export interface AviFrame extends AviChunk {
  /** Frames lost in a damaged stretch right before it: counted from the header, or estimated from the bytes. */
  readonly lostBefore: number;
}

/** Lists to enter; others are skipped. */
const ENTERED = new Set(['AVI ', 'AVIX', 'hdrl', 'strl', 'odml', 'movi', 'rec ']);

/** Maximum size of a decoder's description. */
const MOST_EXTRA_BYTES = 1 << 16;
/** Largest pixel aspect ratio, and smallest inverse; others are from a damaged header. */
const MOST_ASPECT = 4;

/** Maximum frame rate; a damaged header may state more. */
const FASTEST = 1_000_000;

/** Valid chunk ids, and ids among frames; `STREAM_DIGIT` begins those of all streams. */
const HEAD = /^[\x20-\x7e]{4}$/;
const AMONG_FRAMES = /^(?:0\d(?:dc|db|wb|tx|pc)|ix\d\d|idx1|JUNK|LIST|RIFF)$/;
const STREAM_DIGIT = 0x30;

interface Chunk extends AviChunk {
  /** Four characters. */
  readonly id: string;
  /** Type of a list to enter; else empty. */
  readonly list: string;
  /** Bytes skipped right before it, in which no chunk was found. */
  readonly passedOver: number;
}

/**
 * Yields all chunks in sequence, entering lists. Ignores the lengths of lists, which are zero after a crash. If no chunk follows one, the
 * next is searched for, also within that one, whose end may be missing.
 */
async function* chunks(file: FileWindow, from: number): AsyncGenerator<Chunk, void, undefined> {
  let offset = from;
  let passedOver = 0;
  while (offset + 8 <= file.size) {
    const head = await file.read(offset, 12);
    const id = ascii(head, 0);
    const bytes = uint32(head, 4);
    const list = id === 'RIFF' || id === 'LIST' ? ascii(head, 8) : '';
    // Chunks begin at even offsets.
    const next = offset + (ENTERED.has(list) ? 12 : 8 + bytes + (bytes % 2));
    const found = (await isHead(file, next, HEAD)) ? next : await searchFor(file, offset + 8, STREAM_DIGIT, (at) => isAmongFrames(file, at));
    if (found < 0 || found >= next) yield { id, list, start: offset + 8, bytes, passedOver };
    if (found < 0) return;
    passedOver = found >= next ? found - next : passedOver + found - offset;
    offset = found;
  }
}

/** True at the end of the file too, but not for a header cut by it. */
async function isHead(file: FileWindow, at: number, kind: RegExp): Promise<boolean> {
  if (at + 8 > file.size) return at <= file.size + 1;
  return kind.test(ascii(await file.read(at, 4), 0));
}

/** Whether a chunk begins at this offset, with another right after it. */
async function isAmongFrames(file: FileWindow, at: number): Promise<boolean> {
  const head = (await file.read(at, 8)).slice();
  if (head.length < 8 || !AMONG_FRAMES.test(ascii(head, 0))) return false;
  const bytes = uint32(head, 4);
  return isHead(file, at + 8 + bytes + (bytes % 2), AMONG_FRAMES);
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
      // A negative height means top-down rows.
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

/** Computes the pixel aspect ratio from the picture's aspect (two 16-bit halves) and size; zeros mean unknown. */
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

/** A video stream's frames in stored order. */
export async function readAviFrames(file: FileWindow, { stream, dataStart, frameCount }: AviHeader): Promise<readonly AviFrame[]> {
  const number = String(stream).padStart(2, '0');
  const wanted = new Set([`${number}dc`, `${number}db`]);
  const frames: AviChunk[] = [];
  /** Bytes skipped before frames, by frame number. */
  const holes = new Map<number, number>();
  let end = dataStart;
  for await (const { id, start, bytes, passedOver } of chunks(file, dataStart)) {
    if (passedOver > 0) holes.set(frames.length, (holes.get(frames.length) ?? 0) + passedOver);
    end = start + bytes;
    // The last frame of a truncated file is incomplete.
    if (wanted.has(id) && end <= file.size) frames.push({ start, bytes });
  }
  const passed = [...holes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const guessed = Math.round((passed * frames.length) / Math.max(1, end - dataStart - passed));
  // The header may be damaged too.
  const isCounted = end <= file.size && frameCount >= frames.length && frameCount - frames.length <= Math.max(guessed, frames.length);
  const lost = isCounted ? frameCount - frames.length : guessed;
  let bytesBefore = 0;
  return frames.map((frame, i) => {
    const placed = Math.round((lost * bytesBefore) / passed);
    bytesBefore += holes.get(i) ?? 0;
    return { ...frame, lostBefore: holes.has(i) ? Math.round((lost * bytesBefore) / passed) - placed : 0 };
  });
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}
