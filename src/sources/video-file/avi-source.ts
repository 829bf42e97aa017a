import { MienError } from '../../engine/errors';
import type { LiveFrame } from '../../engine/types';
import { readBytes } from '../read-bytes';
import type { FileFacts, FrameReading, FrameSelection, OpenOptions, SourceSample, VideoFileSource, VideoInfo } from '../video-file-source';
import { describeAccessUnit } from './annex-b';
import { aviFrames, readAviHeaders, type AviChunk, type AviHeader } from './avi-demuxer';
import { decodeChunks, type CodedFrame } from './chunk-decoder';
import { codecName } from './codec-names';
import { decodePictures, displayedPicture, pictureTypeOf, type PictureType } from './coded-pictures';
import { supportedConfig } from './decoder-config';
import { displayedFrame } from './displayed-frame';
import { FileWindow } from './file-window';
import { FrameIndex, type Stretch } from './frame-index';
import { otherTracks } from './other-tracks';
import { sampleFrames, type FrameReader } from './sampled-frames';

/** A stream's parameters stand in its first frame; a few more are looked at, as some capture cards begin with rubbish. */
const FRAMES_TO_SEARCH = 50;
const READ: ReadonlySet<string> = new Set(['H.264', 'Motion JPEG', 'PNG']);

/** AVI with H.264, Motion JPEG or PNG; other codecs are named in the error. */
export async function openAvi(file: Blob, facts: FileFacts, { track: wanted }: OpenOptions): Promise<VideoFileSource> {
  try {
    const headers = await readAviHeaders(new FileWindow(file));
    const track = wanted ?? Math.max(0, headers.findIndex(({ fourcc }) => READ.has(codecName(fourcc))));
    const header = headers[track];
    if (!header) throw new MienError('video', 'nothing-in-range', `track ${track} of ${headers.length}`);
    const codec = codecName(header.fourcc);
    if (!READ.has(codec)) throw new MienError('video', 'codec-unsupported', codec);
    const chunks: AviChunk[] = [];
    for await (const chunk of aviFrames(new FileWindow(file), header)) chunks.push(chunk);
    const stored = new StoredFrames(file, header, chunks, codec !== 'H.264');
    const info = describe(facts, header, headers, stored);
    if (codec !== 'H.264') return new AviSource(stored, info, await pictureReader(file, chunks, info));
    const config = await h264Config(file, chunks);
    return new AviSource(stored, info, {
      decode: (coded) => decodeChunks(config, 'decode', coded),
      display: (frame, timestampMs) => displayedFrame(frame, timestampMs, info),
    });
  } catch (error) {
    // A field that lies beyond the end of the file.
    if (error instanceof RangeError) throw new MienError('video', 'damaged', 'header breaks off', error);
    throw error;
  }
}

function describe(facts: FileFacts, header: AviHeader, headers: readonly AviHeader[], { index, endMs }: StoredFrames): VideoInfo {
  const { width, height, frameRate, frameCount, fourcc } = header;
  const tracks = headers.map((each) => ({ codecName: codecName(each.fourcc), size: { width: each.width, height: each.height } }));
  const track = headers.indexOf(header);
  return {
    ...facts,
    container: 'avi',
    codec: fourcc,
    codecName: codecName(fourcc),
    size: { width, height },
    rotationDeg: 0,
    mirrored: false,
    startMs: index.startMs,
    endMs,
    // A recording that was cut short may have no count in its header.
    brokenOffAtMs: (frameCount * 1000) / frameRate > endMs + 1 ? endMs : null,
    frameRate,
    variableFrameRate: false,
    frameCount: index.count,
    ...{ tracks, track, recordings: 1, notRead: otherTracks({ tracks, index: track }) },
  };
}

/** For frames that are pictures of their own. A few are looked at, as some capture cards begin with rubbish. */
async function pictureReader(file: Blob, chunks: readonly AviChunk[], { size }: VideoInfo): Promise<Pick<FrameReader<ImageBitmap>, 'decode' | 'display'>> {
  let type: PictureType | null = null;
  for (const { start, bytes } of chunks.slice(0, FRAMES_TO_SEARCH)) type ??= pictureTypeOf(await readBytes(file, start, start + Math.min(bytes, 16)));
  const sizes = { size, rotationDeg: 0, mirrored: false, coded: size, square: size } as const;
  return {
    decode: (coded) => decodePictures(type ?? 'image/jpeg', coded),
    display: (picture, timestampMs) => displayedPicture(picture, timestampMs, sizes),
  };
}

async function h264Config(file: Blob, chunks: readonly AviChunk[]): Promise<VideoDecoderConfig> {
  for (const { start, bytes } of chunks.slice(0, FRAMES_TO_SEARCH)) {
    const { codec } = describeAccessUnit(await readBytes(file, start, start + bytes));
    if (codec === null) continue;
    const config = await supportedConfig({ codec });
    if (!config) throw new MienError('video', 'codec-unsupported', `H.264 of this kind (${codec})`);
    return config;
  }
  throw new MienError('video', 'damaged', 'no H.264 parameters');
}

/** The frames of an AVI file as they lie in it. A chunk without bytes shows the frame before it again. */
class StoredFrames {
  readonly index: FrameIndex;
  readonly endMs: number;
  readonly #file: Blob;
  readonly #chunks: readonly AviChunk[];

  /** @param independent whether each frame can be decoded by itself. Else, decoding starts with the first: AVI's index of key frames is often absent. */
  constructor(file: Blob, { frameRate }: AviHeader, chunks: readonly AviChunk[], independent: boolean) {
    const intervalMs = 1000 / frameRate;
    const listed = chunks.flatMap(({ bytes }, i) =>
      bytes > 0 ? [{ timestampMs: i * intervalMs, durationMs: intervalMs, key: independent, afterHole: false }] : [],
    );
    const first = listed[0];
    if (!first) throw new MienError('video', 'no-frames');
    listed[0] = { ...first, key: true };
    this.#file = file;
    this.#chunks = chunks.filter(({ bytes }) => bytes > 0);
    this.index = new FrameIndex(listed);
    this.endMs = chunks.length * intervalMs;
  }

  async *packets(stretches: Iterable<Stretch>): AsyncGenerator<CodedFrame, void, undefined> {
    for (const { from, to } of stretches) {
      for (let position = from; position <= to; position++) {
        const chunk = this.#chunks[position];
        if (!chunk) return;
        const data = await readBytes(this.#file, chunk.start, chunk.start + chunk.bytes);
        const number = this.index.numberOf(position);
        yield { number, timestampMs: this.index.timeOf(number), key: describeAccessUnit(data).key, afterJump: position === from, data };
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

  frames(selection: FrameSelection, reading: FrameReading = {}): AsyncGenerator<SourceSample, void, undefined> {
    return sampleFrames(this.#stored.index, this.#reader, selection, reading);
  }

  close(): void {
    // Nothing is held open between two readings.
  }
}
