import { MienError } from '../engine/errors';
import type { Sensitivity } from '../engine/mixing';
import type { Search } from '../engine/types';
import { toResultRecord, type SessionFrameRecord } from '../export/frame-record';
import { toSessionRecord, type SessionRecord } from '../export/session-record';
import { clipPart, ClipReading, type ClipSample } from '../reading/clip-reading';
import type { EngineSource } from '../reading/engine-source';
import { openVideo } from '../sources/open-video';
import type { OpenOptions } from '../sources/video-file-source';
import { tagOf } from './image-input';

const SEARCHES: readonly Search[] = ['thorough', 'fast'];

/** Progress of a video, with the newest frame's result. */
export interface VideoProgress {
  /** Share of the part done, 0–1. */
  readonly share: number;
  /** Frames read so far. */
  readonly frames: number;
  /** Frames left out because decoding or analysis failed. */
  readonly skippedFrames: number;
  readonly result: SessionFrameRecord;
}

export interface VideoOptions {
  /** Frames to read per second, above 0; `'every'` reads all. Default: 1. */
  readonly frameRate?: number | 'every';
  /** Part of the video to read, ms on the container's own clock, as in `time_s`; the end is exclusive. Default: all of it. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /**
   * `'thorough'`, the default, finds in every frame what it would find in a photo; where frames are less than half a second apart, a new
   * small face may be found up to half a second late. `'fast'` takes a fraction of the time, may miss faces that are small, turned away or
   * brief, and with three or more faces classifies one or two per frame, changed ones first, while the others keep their last result.
   */
  readonly search?: Search;
  /** Number of the video track to read, from 1. Default: the file's default track, else the first that can be decoded. */
  readonly track?: number;
  /** Called after each frame; earlier results stay valid if the reading fails or is aborted. */
  readonly onProgress?: (progress: VideoProgress) => void;
  /** Aborts the reading: the call rejects with `call/aborted`. */
  readonly signal?: AbortSignal;
}

interface Reading extends VideoOptions {
  readonly engine: EngineSource;
  readonly smoothingMs: number;
  readonly sensitivity: Sensitivity;
  /** Stream name, unique to this reading. */
  readonly stream: string;
}

/** @throws MienError `call/wrong-type`, `call/out-of-range`, of kind `video` or `engine`; the signal's reason. */
export async function readVideo(file: unknown, options: Reading): Promise<SessionRecord> {
  if (!isBlob(file)) throw new MienError('call', 'wrong-type', `no file: ${tagOf(file)}`);
  const part = partOf(options);
  const { signal = new AbortController().signal, onProgress, engine, smoothingMs, sensitivity, stream } = options;
  signal.throwIfAborted();
  const source = await openVideo(file, trackOf(options));
  const tell = ({ result, sample, frameNumber, timestampMs }: ClipSample) => {
    if (!result || !onProgress) return;
    const { share, framesRead: frames, framesLeftOut: skippedFrames } = reading.progress;
    onProgress({ share, frames, skippedFrames, result: toResultRecord(result, { sample, number: frameNumber }, timestampMs) });
  };
  const reading = new ClipReading({
    ...{ engine, smoothingMs, sensitivity, stream, name: nameOf(file), onSample: tell },
    part: clipPart(source.info, part),
  });
  try {
    await reading.run(source, signal);
  } finally {
    source.close();
  }
  const info = reading.session('');
  if (!info) throw new MienError('video', 'nothing-in-range');
  return toSessionRecord(info, reading.store);
}

function isBlob(value: unknown): value is Blob {
  return tagOf(value) === 'Blob' || tagOf(value) === 'File';
}

/** Includes the folder if the file was chosen or dropped with one. */
function nameOf(file: Blob): string {
  return tagOf(file) === 'File' ? (file as File).webkitRelativePath || (file as File).name : '';
}

function trackOf({ track }: VideoOptions): OpenOptions {
  if (track === undefined) return {};
  if (!(Number.isInteger(track) && track >= 1)) throw new MienError('call', 'out-of-range', `track: ${track}`);
  return { track: track - 1 };
}

function partOf({ frameRate = 1, fromMs, toMs, search = 'thorough' }: VideoOptions) {
  if (frameRate !== 'every' && !(Number.isFinite(frameRate) && frameRate > 0)) {
    throw new MienError('call', 'out-of-range', `frameRate: ${frameRate}`);
  }
  for (const [name, ms] of Object.entries({ fromMs, toMs }) as [string, unknown][]) {
    if (ms !== undefined && typeof ms !== 'number') throw new MienError('call', 'wrong-type', `${name}: ${tagOf(ms)}`);
  }
  if (!((toMs ?? Infinity) > (fromMs ?? -Infinity))) {
    throw new MienError('call', 'out-of-range', `fromMs: ${fromMs ?? 'none'}, toMs: ${toMs ?? 'none'}`);
  }
  if (!SEARCHES.includes(search)) throw new MienError('call', 'out-of-range', `search: ${search as string}`);
  return { framesPerSecond: frameRate, search, ...(fromMs !== undefined && { fromMs }), ...(toMs !== undefined && { toMs }) };
}
