import { MienError } from '../../engine/errors';
import type { LiveFrame } from '../../engine/types';
import { readBytes, type FrameReading, type FrameSelection, type SourceSample, type VideoFileSource, type VideoInfo } from '../video-file-source';
import { describeAccessUnit } from './annex-b';
import { aviFrames, FileWindow, readAviHeader, type AviHeader } from './avi-demuxer';
import { decodeChunks, type CodedFrame } from './chunk-decoder';
import { codecName } from './codec-names';
import { EPSILON_MS, momentsOf, nothingFound, rangeOf, type Range } from './moments';

/** A stream's parameters stand in its first frame; a few more are looked at, as some capture cards begin with rubbish. */
const FRAMES_TO_SEARCH = 50;

/** AVI with Motion JPEG or H.264; other codecs are named in the error. */
export async function openAvi(file: Blob): Promise<VideoFileSource> {
  try {
    const header = await readAviHeader(new FileWindow(file));
    const codec = codecName(header.fourcc);
    if (codec === 'Motion JPEG') return new AviSource(file, await describe(file, header, codec), header, new JpegFrames());
    if (codec !== 'H.264') throw new MienError('video', 'codec-unsupported', codec);
    return new AviSource(file, await describe(file, header, codec), header, new H264Frames(await h264Config(file, header)));
  } catch (error) {
    // A field that lies beyond the end of the file.
    if (error instanceof RangeError) throw new MienError('video', 'damaged', 'header breaks off', error);
    throw error;
  }
}

async function describe(file: Blob, header: AviHeader, codec: string): Promise<VideoInfo> {
  const { width, height, frameRate } = header;
  const frames = header.frameCount > 0 ? header.frameCount : await countFrames(file, header);
  if (frames === 0) throw new MienError('video', 'damaged', 'no frames');
  const endMs = (frames / frameRate) * 1000;
  return {
    name: file instanceof File ? file.name : '',
    bytes: file.size,
    container: 'avi',
    codec: header.fourcc,
    codecName: codec,
    size: { width, height },
    rotationDeg: 0,
    startMs: 0,
    endMs,
    brokenOffAtMs: null,
    frameRate,
    variableFrameRate: false,
  };
}

/** A recording that was cut short has no count in its header. */
async function countFrames(file: Blob, header: AviHeader): Promise<number> {
  const frames = aviFrames(new FileWindow(file), header);
  let count = 0;
  while (!(await frames.next()).done) count++;
  return count;
}

async function h264Config(file: Blob, header: AviHeader): Promise<VideoDecoderConfig> {
  let searched = 0;
  for await (const { start, bytes } of aviFrames(new FileWindow(file), header)) {
    const { codec } = describeAccessUnit(await readBytes(file, start, start + bytes));
    if (codec !== null) {
      const { supported } = await VideoDecoder.isConfigSupported({ codec });
      if (supported !== true) throw new MienError('video', 'codec-unsupported', `H.264 of this kind (${codec})`);
      return { codec };
    }
    if (++searched >= FRAMES_TO_SEARCH) break;
  }
  throw new MienError('video', 'damaged', 'no H.264 parameters');
}

/** A frame as it lies in the file, with when it is shown. */
interface StoredFrame {
  readonly start: number;
  readonly bytes: number;
  readonly timestampMs: number;
}

interface DecodedFrame {
  readonly frame: LiveFrame;
  readonly timestampMs: number;
}

/** Decodes the frames of one codec. */
interface FrameDecoding {
  /** @param wanted whether the frame that is shown from this time on is selected; others come along where they must. */
  decode(
    file: Blob,
    stored: AsyncIterable<StoredFrame>,
    wanted: (timestampMs: number) => boolean,
    onLost: (timestampMs: number) => void,
  ): AsyncGenerator<DecodedFrame, void, undefined>;
}

class JpegFrames implements FrameDecoding {
  async *decode(file: Blob, stored: AsyncIterable<StoredFrame>, wanted: (timestampMs: number) => boolean, onLost: (timestampMs: number) => void) {
    for await (const { start, bytes, timestampMs } of stored) {
      if (!wanted(timestampMs)) continue;
      const data = await readBytes(file, start, start + bytes);
      const frame = await createImageBitmap(new Blob([data], { type: 'image/jpeg' })).catch(() => null);
      if (frame) yield { frame, timestampMs };
      else onLost(timestampMs);
    }
  }
}

class H264Frames implements FrameDecoding {
  readonly #config: VideoDecoderConfig;

  constructor(config: VideoDecoderConfig) {
    this.#config = config;
  }

  /** From the file's first frame on: AVI's index of key frames is often absent, and files are rarely long. */
  decode(file: Blob, stored: AsyncIterable<StoredFrame>, _wanted: unknown, onLost: (timestampMs: number) => void) {
    return decodeChunks(this.#config, readCoded(file, stored), onLost);
  }
}

async function* readCoded(file: Blob, stored: AsyncIterable<StoredFrame>): AsyncGenerator<CodedFrame, void, undefined> {
  for await (const { start, bytes, timestampMs } of stored) {
    const data = await readBytes(file, start, start + bytes);
    yield { data, key: describeAccessUnit(data).key, timestampMs };
  }
}

class AviSource implements VideoFileSource {
  readonly info: VideoInfo;
  readonly #file: Blob;
  readonly #header: AviHeader;
  readonly #decoding: FrameDecoding;

  constructor(file: Blob, info: VideoInfo, header: AviHeader, decoding: FrameDecoding) {
    this.info = info;
    this.#file = file;
    this.#header = header;
    this.#decoding = decoding;
  }

  async *frames(selection: FrameSelection, { signal }: FrameReading = {}): AsyncGenerator<SourceSample, void, undefined> {
    const range = rangeOf(selection, this.info);
    const wanted = this.#wanted(selection, range);
    let sample = 0;
    let taken = 0;
    const lost: number[] = [];
    const skip = (timestampMs: number) => {
      if (wanted(timestampMs)) lost.push(timestampMs);
    };
    const leftOut = () => lost.splice(0).map((momentMs) => ({ status: 'left-out', sample: sample++, momentMs, reason: 'undecodable' }) as const);
    for await (const { frame, timestampMs } of this.#decoding.decode(this.#file, this.#stored(range), wanted, skip)) {
      if (!signal?.aborted && wanted(timestampMs)) {
        taken++;
        yield* leftOut();
        yield { status: 'read', sample: sample++, frame, timestampMs, frameNumber: Math.round((timestampMs * this.info.frameRate) / 1000) };
      } else frame.close();
      if (signal?.aborted) return;
    }
    if (taken === 0) throw nothingFound(range);
    yield* leftOut();
  }

  close(): void {
    // Nothing is held open between two readings.
  }

  async *#stored({ toMs }: Range): AsyncGenerator<StoredFrame, void, undefined> {
    let number = 0;
    for await (const { start, bytes } of aviFrames(new FileWindow(this.#file), this.#header)) {
      const timestampMs = this.#timeOf(number++);
      if (timestampMs >= toMs) return;
      if (bytes > 0) yield { start, bytes, timestampMs };
    }
  }

  #timeOf(number: number): number {
    return (number * 1000) / this.#header.frameRate;
  }

  #wanted(selection: FrameSelection, range: Range): (timestampMs: number) => boolean {
    const shownForMs = 1000 / this.#header.frameRate;
    const moments = momentsOf(selection, range);
    if (!moments) return (timestampMs) => timestampMs + shownForMs > range.fromMs + EPSILON_MS;
    return (timestampMs) => moments.indexFrom(timestampMs + shownForMs) > moments.indexFrom(timestampMs);
  }
}
