import { MienError } from '../engine/errors';
import type { ModelIdentity } from '../engine/types';
import { toResultRecord, type SessionFrameRecord } from '../export/frame-record';
import { toSessionRecord, type SessionRecord } from '../export/session-record';
import { ObservationStore } from '../session/observation-store';
import { NO_EDITS } from '../session/people-edits';
import { TrackNumbers } from '../session/track-numbers';
import { openVideo } from '../sources/open-video';
import type { FrameSelection, SourceSample, VideoInfo } from '../sources/video-file-source';
import type { Engine } from '../workers/protocol';
import { tagOf } from './image-input';

/** Frames in a row that may fail before the reading is given up. */
const MOST_FAILURES = 5;

/** How far a video is, and what was read of its newest frame. */
export interface VideoProgress {
  /** Of the part that is read, 0–1. */
  readonly share: number;
  /** Frames read so far. */
  readonly frames: number;
  /** Frames that could not be decoded or read, and were left out. */
  readonly skippedFrames: number;
  readonly result: SessionFrameRecord;
}

export interface VideoOptions {
  /** Frames to read of each second, above 0; `'every'`: all that there are. Default: 1. */
  readonly frameRate?: number | 'every';
  /** Part of the video to read, ms from its beginning. Default: all of it. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Called after each frame; what it was told of stays valid when the reading fails or is aborted. */
  readonly onProgress?: (progress: VideoProgress) => void;
  /** Gives up: the call rejects with `call/aborted`. */
  readonly signal?: AbortSignal;
}

interface Reading extends VideoOptions {
  readonly engine: Engine;
  readonly model: ModelIdentity;
  /** Name of a stream that is nobody else's. */
  readonly stream: string;
}

/** Throws `call/wrong-type`, `call/out-of-range`, a `MienError` of kind `video` or `engine`, or the signal's reason. */
export async function readVideo(file: unknown, reading: Reading): Promise<SessionRecord> {
  if (!isBlob(file)) throw new MienError('call', 'wrong-type', `no file: ${tagOf(file)}`);
  const selection = selectionOf(reading);
  reading.signal?.throwIfAborted();
  const source = await openVideo(file);
  const run = new VideoRun(reading, source.info);
  try {
    const listening = reading.signal ? { signal: reading.signal } : {};
    for await (const sample of source.frames(selection, listening)) await run.read(sample);
    reading.signal?.throwIfAborted();
    return run.record(tagOf(file) === 'File' ? (file as File).name : '');
  } finally {
    source.close();
    // An engine that is gone has forgotten the stream by itself.
    reading.engine.resetLive(reading.stream).catch(() => undefined);
  }
}

/** One video on its way through the engine. */
class VideoRun {
  readonly #reading: Reading;
  readonly #info: VideoInfo;
  readonly #fromMs: number;
  readonly #toMs: number;
  readonly #store = new ObservationStore(Infinity);
  readonly #tracks: TrackNumbers;
  #skipped = 0;
  #failures = 0;

  constructor(reading: Reading, info: VideoInfo) {
    const { fromMs = info.startMs, toMs = info.endMs } = reading;
    this.#reading = reading;
    this.#info = info;
    this.#fromMs = fromMs;
    this.#toMs = Math.min(toMs, info.endMs);
    this.#tracks = new TrackNumbers(reading.engine.generation);
  }

  async read(sample: SourceSample): Promise<void> {
    if (sample.status === 'left-out') {
      this.#skipped++;
      return;
    }
    const { frame, timestampMs, frameNumber, sample: index } = sample;
    const { engine, signal } = this.#reading;
    const stream = { name: this.#reading.stream, search: 'thorough' as const };
    try {
      const result = this.#tracks.renumber(await engine.analyzeNext(frame, timestampMs, stream, signal), engine.generation);
      this.#failures = 0;
      this.#store.append(result, { sample: index, number: frameNumber });
      this.#tell(toResultRecord(result, { sample: index, number: frameNumber }, timestampMs), timestampMs);
    } catch (error) {
      const isPassing = error instanceof MienError && (error.is('engine', 'worker-died') || error.is('engine', 'timeout'));
      if (!isPassing || ++this.#failures > MOST_FAILURES) throw error;
      this.#skipped++;
    }
  }

  record(name: string): SessionRecord {
    this.#store.end(this.#toMs);
    const { framesRead: frames, framesWithFaces } = this.#store.getSnapshot();
    const info = {
      id: '',
      kind: 'video' as const,
      name,
      startedAtMs: Date.now(),
      durationMs: Math.max(0, this.#toMs - this.#fromMs),
      frame: this.#info.size,
      model: this.#reading.model,
      reading: null,
      frames,
      framesWithFaces,
      skippedFrames: this.#skipped,
      markers: [],
      people: NO_EDITS,
      state: 'complete' as const,
    };
    return toSessionRecord(info, this.#store);
  }

  #tell(result: SessionFrameRecord, timestampMs: number): void {
    const share = Math.min(1, Math.max(0, (timestampMs - this.#fromMs) / Math.max(1, this.#toMs - this.#fromMs)));
    const { frames } = this.#store.getSnapshot();
    this.#reading.onProgress?.({ share, frames, skippedFrames: this.#skipped, result });
  }
}

function isBlob(value: unknown): value is Blob {
  return tagOf(value) === 'Blob' || tagOf(value) === 'File';
}

function selectionOf({ frameRate = 1, fromMs, toMs }: VideoOptions): FrameSelection {
  if (frameRate !== 'every' && !(Number.isFinite(frameRate) && frameRate > 0)) {
    throw new MienError('call', 'out-of-range', `frameRate: ${frameRate}`);
  }
  if (!((fromMs ?? 0) >= 0 && (toMs ?? Infinity) > (fromMs ?? 0))) {
    throw new MienError('call', 'out-of-range', `fromMs: ${fromMs ?? 'none'}, toMs: ${toMs ?? 'none'}`);
  }
  return { framesPerSecond: frameRate, ...(fromMs !== undefined && { fromMs }), ...(toMs !== undefined && { toMs }) };
}
