import { MienError } from '../../engine/errors';
import type { LiveFrame, NotRead } from '../../engine/types';
import type { FileFacts, FrameReading, FrameSelection, ReadSample, SourceSample, VideoFileSource, VideoInfo } from '../video-file-source';
import { displayedBitmap, displayedFrame } from './displayed-frame';
import { EPSILON_MS } from './frame-index';
import { evenMoments, rangeOf } from './moments';
import { NOTHING_DECODED } from './sampled-frames';

/** One recording, or piece of one, on the clock of the whole film. */
export interface Part {
  readonly source: VideoFileSource;
  readonly fromMs: number;
  readonly toMs: number;
  /** From its own clock to the whole film's. */
  readonly offsetMs: number;
  /** Number of its first frame. */
  readonly number: number;
}

/** Errors of intact files that cannot be read here. */
const FOREIGN: ReadonlySet<string> = new Set(['container-unsupported', 'codec-unsupported', 'no-picture', 'encrypted']);

/**
 * Reads the recordings of one file in sequence as one video: each begins when the one before ends, and frames are fitted into the size
 * of the first.
 *
 * @throws MienError of the first one if none can be opened.
 */
export async function openJoined(recordings: readonly Blob[], facts: FileFacts, open: (recording: Blob) => Promise<VideoFileSource>): Promise<VideoFileSource> {
  const opened: (VideoFileSource | MienError)[] = [];
  // In sequence, since each is read completely.
  for (const recording of recordings) opened.push(await open(recording).catch((error: unknown) => MienError.from(error)));
  const parts: Part[] = [];
  const notRead: NotRead[] = [];
  let endMs = 0;
  let number = 0;
  for (const [i, source] of opened.entries()) {
    if (source instanceof MienError) {
      notRead.push({ what: 'recording', atMs: endMs, detail: source.reason });
      continue;
    }
    const { startMs, endMs: ownEndMs, brokenOffAtMs, frameCount, notRead: own } = source.info;
    const offsetMs = parts.length === 0 ? 0 : endMs - startMs;
    parts.push({ source, fromMs: startMs + offsetMs, toMs: ownEndMs + offsetMs, offsetMs, number });
    endMs = ownEndMs + offsetMs;
    number += frameCount;
    notRead.push(...own.map((each) => ({ ...each, atMs: (each.atMs ?? startMs) + offsetMs })));
    if (brokenOffAtMs !== null && i < opened.length - 1) notRead.push({ what: 'end-of-recording', atMs: brokenOffAtMs + offsetMs, detail: '' });
  }
  const [first] = parts;
  if (!first) throw opened[0] instanceof MienError ? opened[0] : new MienError('video', 'damaged', 'no recording');
  const last = opened.at(-1);
  const isWhole = last instanceof MienError ? FOREIGN.has(last.reason) : last?.info.brokenOffAtMs === null;
  return joinParts(parts, { ...joinedInfo(first.source.info, parts), ...facts, endMs, frameCount: number, notRead, brokenOffAtMs: isWhole ? null : endMs });
}

/** Joins parts that follow each other without a gap into one video. */
export function joinParts(parts: readonly Part[], info: VideoInfo): VideoFileSource {
  return new JoinedSource(parts, info);
}

function joinedInfo(first: VideoInfo, parts: readonly Part[]): VideoInfo {
  const infos = parts.map(({ source }) => source.info);
  const distinct = (values: readonly string[]) => [...new Set(values)].join(', ');
  return {
    ...first,
    codec: distinct(infos.map(({ codec }) => codec)),
    codecName: distinct(infos.map(({ codecName }) => codecName)),
    variableFrameRate: infos.some(({ variableFrameRate, frameRate }) => variableFrameRate || Math.abs(frameRate - first.frameRate) > 0.01),
    recordings: parts.length,
    // Each recording has its own tracks, so there is no choice.
    ...{ tracks: first.tracks.slice(first.track, first.track + 1), track: 0 },
  };
}

/** Whether a part that failed had returned all of its samples, or had none. */
function isAllTold(thrown: unknown): boolean {
  const error = MienError.from(thrown);
  return error.is('video', 'nothing-in-range') || (error.is('video', 'damaged') && error.detail === NOTHING_DECODED);
}

/** Selection of one part, and its place in the whole. */
interface PartSelection {
  readonly part: Part;
  readonly own: FrameSelection;
  /** Index in the whole of the part's first sample; null: continues from the part before. */
  readonly firstSample: number | null;
}

class JoinedSource implements VideoFileSource {
  readonly info: VideoInfo;
  readonly #parts: readonly Part[];

  constructor(parts: readonly Part[], info: VideoInfo) {
    this.#parts = parts;
    this.info = info;
  }

  count(selection: FrameSelection): number {
    return this.#selections(selection).reduce((sum, { part, own }) => sum + part.source.count(own), 0);
  }

  async *frames(selection: FrameSelection, reading: FrameReading = {}): AsyncGenerator<SourceSample, void, undefined> {
    let read = 0;
    let asked = 0;
    let failure: unknown = null;
    for (const { part, own, firstSample } of this.#selections(selection)) {
      const base = firstSample ?? asked;
      try {
        for await (const sample of part.source.frames(own, reading)) {
          asked++;
          if (sample.status === 'left-out') {
            yield { ...sample, sample: base + sample.sample, momentMs: sample.momentMs + part.offsetMs };
            continue;
          }
          read++;
          yield this.#placed(part, sample, base);
        }
      } catch (error) {
        if (!isAllTold(error)) throw error;
        failure = error;
      }
      if (reading.signal?.aborted) return;
    }
    if (asked === 0) throw new MienError('video', 'nothing-in-range');
    if (read === 0) throw failure;
  }

  close(): void {
    for (const { source } of this.#parts) source.close();
  }

  /** Splits a selection into one per part. */
  #selections(selection: FrameSelection): PartSelection[] {
    const { fromMs, toMs } = rangeOf(selection, this.info);
    if (!('atMs' in selection) && selection.framesPerSecond === 'every') {
      return this.#parts
        .filter((part) => part.fromMs < toMs && part.toMs > fromMs)
        .map((part) => ({ part, own: { framesPerSecond: 'every', fromMs: fromMs - part.offsetMs, toMs: toMs - part.offsetMs }, firstSample: null }));
    }
    const moments = 'atMs' in selection ? selection.atMs : evenMoments({ fromMs, toMs }, selection.framesPerSecond as number);
    // A time within rounding of a part's start belongs to it.
    const partOf = (momentMs: number) => this.#parts.findLast((part) => momentMs >= part.fromMs - EPSILON_MS / 2) ?? this.#parts[0];
    const selected = new Map<Part, { readonly firstSample: number; readonly atMs: number[] }>();
    let sample = 0;
    for (const momentMs of moments) {
      const part = partOf(momentMs);
      if (!part) return [];
      let own = selected.get(part);
      if (!own) selected.set(part, (own = { firstSample: sample, atMs: [] }));
      own.atMs.push(momentMs - part.offsetMs);
      sample++;
    }
    return Array.from(selected, ([part, { firstSample, atMs }]) => ({ part, own: { atMs }, firstSample }));
  }

  #placed({ offsetMs, number }: Part, { sample, frame, timestampMs, frameNumber }: ReadSample, base: number): ReadSample {
    const atMs = timestampMs + offsetMs;
    return { status: 'read', sample: base + sample, frame: this.#fitted(frame, atMs), timestampMs: atMs, frameNumber: frameNumber + number };
  }

  #fitted(frame: LiveFrame, atMs: number): LiveFrame {
    const { size } = this.info;
    return frame instanceof ImageBitmap ? displayedBitmap(frame, size) : displayedFrame(frame, atMs, { size, rotationDeg: 0, mirrored: false });
  }
}
