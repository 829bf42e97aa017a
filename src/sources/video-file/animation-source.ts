import { MienError } from '../../engine/errors';
import { decodeAnimation, type AnimatedFormat, type Animation } from '../animated-picture';
import { finishPicture } from '../decoded-picture';
import type { FileFacts, FrameReading, FrameSelection, SourceSample, VideoFileSource, VideoInfo } from '../video-file-source';
import type { CodedFrame } from './coded-frame';
import type { DecodedFrame } from './chunk-decoder';
import { displayedBitmap } from './displayed-frame';
import { FrameIndex, type ListedPacket, type Stretch } from './frame-index';
import { countMoments } from './moments';
import { sampleFrames, type FrameReader } from './sampled-frames';

/** Browsers show frames with durations up to this for `USUAL_MS`. */
const SHORTEST_MS = 10;
const USUAL_MS = 100;

const NAMES: Readonly<Record<AnimatedFormat, string>> = { gif: 'GIF', webp: 'WebP', png: 'APNG', avif: 'AVIF' };

/** Opens a GIF, WebP, PNG or AVIF animation, one frame per picture, on gray where transparent. Loops are read once. */
export async function openAnimation(file: Blob, format: AnimatedFormat, facts: FileFacts): Promise<VideoFileSource> {
  const animation = await decodeAnimation(file, format);
  if (!animation) throw new MienError('video', 'damaged', `no ${NAMES[format]} decoder takes it`);
  const { decoder } = animation;
  try {
    const { frames, size, isWhole } = await listed(file, animation);
    const index = new FrameIndex(frames);
    const steps = frames.map(({ durationMs }) => durationMs);
    return new AnimationSource(decoder, index, {
      ...facts,
      container: format,
      codec: format,
      codecName: NAMES[format],
      size,
      rotationDeg: 0,
      mirrored: false,
      startMs: index.startMs,
      endMs: index.endMs,
      brokenOffAtMs: isWhole ? null : index.endMs,
      frameRate: 1000 / index.intervalMs,
      variableFrameRate: steps.some((ms) => Math.abs(ms - (steps[0] ?? ms)) > 1),
      frameCount: index.count,
      tracks: [{ codecName: NAMES[format], size }],
      ...{ track: 0, recordings: 1, notRead: [] },
    });
  } catch (error) {
    decoder.close();
    throw error;
  }
}

interface Listed {
  readonly frames: readonly ListedPacket[];
  readonly size: VideoInfo['size'];
  /** Whether every announced picture could be decoded. */
  readonly isWhole: boolean;
}

/** A file is opened several times, and only decoding tells how long each picture is shown. Failures are not kept: memory may be free later. */
const known = new WeakMap<Blob, Promise<Listed>>();

function listed(file: Blob, animation: Animation): Promise<Listed> {
  const list = known.get(file) ?? listFrames(animation);
  known.set(file, list);
  list.catch(() => known.delete(file));
  return list;
}

async function listFrames({ decoder, count, isCutShort }: Animation): Promise<Listed> {
  const frames: ListedPacket[] = [];
  let size: VideoInfo['size'] | null = null;
  let timestampMs = 0;
  for (let frameIndex = 0; frameIndex < count; frameIndex++) {
    const image = await pictureAt(decoder, frameIndex);
    if (!image) break;
    size ??= { width: image.displayWidth, height: image.displayHeight };
    const askedMs = (image.duration ?? 0) / 1000;
    const durationMs = askedMs > SHORTEST_MS ? askedMs : USUAL_MS;
    image.close();
    frames.push({ timestampMs, durationMs, key: true, afterHole: false });
    timestampMs += durationMs;
  }
  if (!size) throw new MienError('video', 'damaged', 'no picture could be decoded');
  return { frames, size, isWhole: frames.length === count && !isCutShort };
}

/** Null if the file does not contain it completely. */
async function pictureAt(decoder: ImageDecoder, frameIndex: number): Promise<VideoFrame | null> {
  return decoder.decode({ frameIndex }).then(
    ({ image }) => image,
    () => null,
  );
}

class AnimationSource implements VideoFileSource, FrameReader<ImageBitmap> {
  readonly info: VideoInfo;
  readonly #decoder: ImageDecoder;
  readonly #index: FrameIndex;

  constructor(decoder: ImageDecoder, index: FrameIndex, info: VideoInfo) {
    this.#decoder = decoder;
    this.#index = index;
    this.info = info;
  }

  count(selection: FrameSelection): number {
    return countMoments(selection, this.#index);
  }

  frames(selection: FrameSelection, reading: FrameReading = {}): AsyncGenerator<SourceSample, void, undefined> {
    return sampleFrames(this.#index, this, selection, reading);
  }

  close(): void {
    this.#decoder.close();
  }

  /** Only the selected pictures: the decoder keeps those that they depend on. */
  async *packets(stretches: Iterable<Stretch>): AsyncGenerator<CodedFrame, void, undefined> {
    await this.#decoder.tracks.ready;
    for (const { from, to } of stretches) {
      for (let number = from; number <= to; number++) yield { number, timestampMs: this.#index.timeOf(number), key: true, afterJump: false, data: null };
    }
  }

  async *decode(coded: AsyncIterable<CodedFrame>): AsyncGenerator<DecodedFrame<ImageBitmap>, void, undefined> {
    for await (const { number } of coded) {
      const image = await pictureAt(this.#decoder, number);
      if (!image) continue;
      try {
        yield { number, frame: finishPicture(await createImageBitmap(image), 1, true) };
      } finally {
        image.close();
      }
    }
  }

  display(frame: ImageBitmap): ImageBitmap {
    return displayedBitmap(frame, this.info.size);
  }
}
