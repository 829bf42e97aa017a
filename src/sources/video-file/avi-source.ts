import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import { readBytes } from '../read-bytes';
import type { FileFacts, FrameReading, FrameSelection, OpenOptions, SourceSample, VideoFileSource, VideoInfo } from '../video-file-source';
import { codecOf, describeAccessUnit, hasStartCode } from './annex-b';
import { readAviFrames, readAviHeaders, type AviChunk, type AviFrame, type AviHeader } from './avi-demuxer';
import type { CodedFrame } from './coded-frame';
import { decodeChunks } from './chunk-decoder';
import { codecName } from './codec-names';
import { decodePictures, displayedPicture, pictureTypeOf, type PictureType } from './coded-pictures';
import { supportedConfig } from './decoder-config';
import { displayedFrame } from './displayed-frame';
import { FileWindow } from './file-window';
import { FrameIndex, type Stretch } from './frame-index';
import { countMoments } from './moments';
import { lostAtEnd, MOST_REORDERED } from './h264-lost-at-end';
import { otherTracks } from './other-tracks';
import { sampleFrames, type FrameReader } from './sampled-frames';

/** A stream's parameters are in its first frame; search a few more, as some capture cards begin with garbage. */
const FRAMES_TO_SEARCH = 50;
/** Last frames of a truncated H.264 stream in which to look for missing ones. */
const FRAMES_AT_END = 64;
const READ: ReadonlySet<string> = new Set(['H.264', 'Motion JPEG', 'PNG']);
/** Codecs that browsers may decode in other containers. */
const READ_ELSEWHERE: ReadonlySet<string> = new Set(['VP8', 'VP9', 'AV1', 'H.265 (HEVC)']);

/** AVI with H.264, Motion JPEG or PNG; other codecs are named in the error. */
export async function openAvi(file: Blob, facts: FileFacts, { track: wanted }: OpenOptions): Promise<VideoFileSource> {
  try {
    const headers = await readAviHeaders(new FileWindow(file));
    const track = wanted ?? Math.max(0, headers.findIndex(({ fourcc }) => READ.has(codecName(fourcc))));
    const header = headers[track];
    if (!header) throw new MienError('video', 'nothing-in-range', `track ${track} of ${headers.length}`);
    const codec = codecName(header.fourcc);
    if (READ_ELSEWHERE.has(codec)) throw new MienError('video', 'container-unsupported', `AVI with ${codec}`);
    if (!READ.has(codec)) throw new MienError('video', 'codec-unsupported', codec);
    const chunks = await readAviFrames(new FileWindow(file), header);
    const config = codec === 'H.264' ? await h264Config(file, header, chunks) : null;
    const lost = config ? await lostFrames(file, chunks, config.description ? header.extra : null) : new Map<number, number>();
    const stored = new StoredFrames(file, header, chunks, config, lost);
    const info = describe(facts, header, headers, stored);
    if (!config) return new AviSource(stored, info, await pictureReader(file, header, chunks, info));
    return new AviSource(stored, info, {
      decode: (coded, signal) => decodeChunks(config, 'decode', coded, signal),
      display: (frame, timestampMs) => displayedFrame(frame, timestampMs, info),
    });
  } catch (error) {
    // A field beyond the end of the file.
    if (error instanceof RangeError) throw new MienError('video', 'damaged', 'header breaks off', error);
    throw error;
  }
}

function describe(facts: FileFacts, header: AviHeader, headers: readonly AviHeader[], { index, endMs, isCut }: StoredFrames): VideoInfo {
  const { frameRate, frameCount, fourcc } = header;
  const tracks = headers.map((each) => ({ codecName: codecName(each.fourcc), size: displayedSize(each) }));
  const track = headers.indexOf(header);
  return {
    ...facts,
    container: 'avi',
    codec: fourcc,
    codecName: codecName(fourcc),
    size: displayedSize(header),
    rotationDeg: 0,
    mirrored: false,
    startMs: index.startMs,
    endMs,
    // A truncated recording may have no count in its header.
    brokenOffAtMs: isCut || (frameCount * 1000) / frameRate > endMs + 1 ? endMs : null,
    // If most chunks hold no frame, the header's rate is that of its clock.
    frameRate: index.count > 1 ? 1000 / index.intervalMs : frameRate,
    variableFrameRate: false,
    frameCount: index.count,
    ...{ tracks, track, recordings: 1, notRead: otherTracks({ tracks, index: track }) },
  };
}

/** In square pixels. */
function displayedSize({ width, height, pixelAspect }: AviHeader): Size {
  return pixelAspect > 1 ? { width: Math.round(width * pixelAspect), height } : { width, height: Math.round(height / pixelAspect) };
}

/** For frames that are separate pictures. Tries a few, as some capture cards begin with garbage. */
async function pictureReader(file: Blob, { width, height }: AviHeader, chunks: readonly AviChunk[], { size }: VideoInfo): Promise<Pick<FrameReader<ImageBitmap>, 'decode' | 'display'>> {
  let type: PictureType | null = null;
  for (const { start, bytes } of chunks.slice(0, FRAMES_TO_SEARCH)) type ??= pictureTypeOf(await readBytes(file, start, start + Math.min(bytes, 16)));
  const sizes = { size, rotationDeg: 0, mirrored: false, coded: { width, height }, square: size } as const;
  return {
    decode: (coded) => decodePictures(type ?? 'image/jpeg', coded),
    display: (picture, timestampMs) => displayedPicture(picture, timestampMs, sizes),
  };
}

async function h264Config(file: Blob, header: AviHeader, chunks: readonly AviChunk[]): Promise<VideoDecoderConfig> {
  const size = displayedSize(header);
  const aspect = header.pixelAspect === 1 ? {} : { displayAspectWidth: size.width, displayAspectHeight: size.height };
  for (const { start, bytes } of chunks.slice(0, FRAMES_TO_SEARCH)) {
    const frame = await readBytes(file, start, start + bytes);
    const description = header.extra[0] === 1 && header.extra.length > 6 && !hasStartCode(frame) ? header.extra : null;
    const codec = description ? codecOf(description) : describeAccessUnit(frame).codec;
    if (codec === null) continue;
    const config = await supportedConfig({ codec, ...aspect, ...(description && { description }) });
    if (!config) throw new MienError('video', 'codec-unsupported', `H.264 of this kind (${codec})`);
    return config;
  }
  throw new MienError('video', 'damaged', 'no H.264 parameters');
}

/** See `lostAtEnd`. */
async function lostFrames(file: Blob, chunks: readonly AviFrame[], description: Uint8Array | null): Promise<ReadonlyMap<number, number>> {
  const filled = chunks.filter(({ bytes }) => bytes > 0);
  const last = filled.slice(-FRAMES_AT_END);
  // Earlier damage is counted there.
  if (last.some(({ lostBefore }) => lostBefore > 0)) return new Map();
  const bytesOf = (each: readonly AviFrame[]) => Promise.all(each.map(({ start, bytes }) => readBytes(file, start, start + bytes)));
  return lostAtEnd(await bytesOf(last), await bytesOf(filled.slice(0, FRAMES_TO_SEARCH)), description);
}

/** The frames of an AVI file as stored. An empty chunk repeats the frame before it. */
class StoredFrames {
  readonly index: FrameIndex;
  readonly endMs: number;
  /** Frames at its end are lost. */
  readonly isCut: boolean;
  readonly #file: Blob;
  readonly #chunks: readonly AviFrame[];
  readonly #description: Uint8Array | null;
  /** Number of later chunks that decide which frame a chunk's time belongs to: times in an AVI follow the order of its chunks. */
  readonly #ahead: number;

  /** @param config of H.264, decoded from the first frame on, as AVIs often lack an index of key frames; null: pictures. @param lost see `lostAtEnd`. */
  constructor(file: Blob, { frameRate, extra }: AviHeader, chunks: readonly AviFrame[], config: VideoDecoderConfig | null, lost: ReadonlyMap<number, number>) {
    const intervalMs = 1000 / frameRate;
    let place = -1;
    let left = chunks.filter(({ bytes }) => bytes > 0).length;
    const listed = chunks.flatMap(({ bytes, lostBefore }) => {
      if (bytes > 0) left--;
      const lostHere = lostBefore + (bytes > 0 ? (lost.get(left) ?? 0) : 0);
      place += 1 + lostHere;
      return bytes > 0 ? [{ timestampMs: place * intervalMs, durationMs: intervalMs, key: config === null, afterHole: false, afterGap: lostHere > 0 }] : [];
    });
    const first = listed[0];
    if (!first) throw new MienError('video', 'no-frames');
    listed[0] = { ...first, key: true };
    this.#description = config?.description ? extra : null;
    this.#ahead = config ? MOST_REORDERED : 0;
    this.isCut = lost.size > 0;
    this.#file = file;
    this.#chunks = chunks.filter(({ bytes }) => bytes > 0);
    // Empty chunks after the last frame hold it.
    this.endMs = (place + 1) * intervalMs;
    this.index = new FrameIndex(listed, null, this.endMs);
  }

  async *packets(stretches: Iterable<Stretch>): AsyncGenerator<CodedFrame, void, undefined> {
    for (const { from, to } of stretches) {
      for (let position = from; position <= to + this.#ahead; position++) {
        const chunk = this.#chunks[position];
        if (!chunk) return;
        const data = await readBytes(this.#file, chunk.start, chunk.start + chunk.bytes);
        const number = this.index.numberOf(position);
        const timestampMs = this.index.timeOf(number);
        // Frames that depend on lost ones are lost too.
        if (chunk.lostBefore > 0) yield { number: -1, timestampMs, key: false, afterJump: position === from, data: null };
        yield { number, timestampMs, key: describeAccessUnit(data, this.#description).key, afterJump: position === from && chunk.lostBefore === 0, data };
      }
    }
  }
}

class AviSource<Frame extends LiveFrame> implements VideoFileSource {
  readonly info: VideoInfo;
  readonly #stored: StoredFrames;
  readonly #reader: FrameReader<Frame>;

  constructor(stored: StoredFrames, info: VideoInfo, reader: Pick<FrameReader<Frame>, 'decode' | 'display'>) {
    this.info = info;
    this.#stored = stored;
    this.#reader = { ...reader, packets: (stretches) => stored.packets(stretches) };
  }

  count(selection: FrameSelection): number {
    return countMoments(selection, this.#stored.index);
  }

  frames(selection: FrameSelection, reading: FrameReading = {}): AsyncGenerator<SourceSample, void, undefined> {
    return sampleFrames(this.#stored.index, this.#reader, selection, reading);
  }

  close(): void {
    // Nothing is held open between two readings.
  }
}
