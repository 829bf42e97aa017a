import type { LeftOutReason } from '../../engine/types';
import type { FrameSelection, VideoInfo } from '../video-file-source';
import { EPSILON_MS, type FrameIndex } from './frame-index';

/** A requested time, and the frame on screen then or why there is none. */
export interface AskedMoment {
  readonly sample: number;
  readonly momentMs: number;
  /** Null: left out. */
  readonly number: number | null;
  readonly reason: LeftOutReason;
}

/** The part of the file to read; `toMs` is exclusive. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The selection's range within the file. */
export function rangeOf(selection: FrameSelection, { startMs, endMs }: Pick<VideoInfo, 'startMs' | 'endMs'>): Range {
  if ('atMs' in selection) return { fromMs: startMs, toMs: endMs };
  const { fromMs = startMs, toMs = Infinity } = selection;
  return { fromMs: Math.max(startMs, fromMs), toMs: Math.min(endMs, toMs) };
}

/** Distance from the end in which nothing is requested: containers round times, and recorders guess the last frame's duration. */
const END_TOLERANCE_MS = 10;

/** Evenly spaced times of a range, including its start, excluding its end. Computed without summing, which would drift. */
export function* evenMoments({ fromMs, toMs }: Range, framesPerSecond: number): Generator<number, void, undefined> {
  const count = countEvenMoments({ fromMs, toMs }, framesPerSecond);
  for (let i = 0; i < count; i++) yield fromMs + (i * 1000) / framesPerSecond;
}

/** Number of `evenMoments`. */
export function countEvenMoments({ fromMs, toMs }: Range, framesPerSecond: number): number {
  if (!(framesPerSecond > 0)) throw new RangeError(`${framesPerSecond} frames per second`);
  if (toMs <= fromMs) return 0;
  const stepMs = 1000 / framesPerSecond;
  return Math.max(1, Math.ceil((toMs - fromMs - Math.min(END_TOLERANCE_MS, stepMs / 2)) / stepMs));
}

/** The selection's times within the file, each with its frame, in order of time. */
export function* askedMoments(selection: FrameSelection, index: FrameIndex): Generator<AskedMoment, void, undefined> {
  const range = rangeOf(selection, index);
  if (!('atMs' in selection) && selection.framesPerSecond === 'every') {
    yield* everyFrame(range, index);
    return;
  }
  const moments = 'atMs' in selection ? selection.atMs : evenMoments(range, selection.framesPerSecond as number);
  let sample = 0;
  for (const momentMs of moments) {
    const inside = momentMs >= range.fromMs - EPSILON_MS && momentMs < range.toMs;
    if (inside) yield { sample, momentMs, ...frameAt(momentMs, index) };
    sample++;
  }
}

/** Number of `askedMoments`. */
export function countMoments(selection: FrameSelection, index: FrameIndex): number {
  let count = 0;
  for (const _ of askedMoments(selection, index)) count++;
  return count;
}

function* everyFrame({ fromMs, toMs }: Range, index: FrameIndex): Generator<AskedMoment, void, undefined> {
  let sample = 0;
  let first = Math.max(0, index.numberAt(fromMs));
  while (first > 0 && index.timeOf(first - 1) >= fromMs - EPSILON_MS) first--;
  const beginsInHole = index.isInHole(fromMs);
  if (beginsInHole) first++;
  // The lost frame on screen at the start began before it.
  const lostFromMs = beginsInHole ? fromMs - index.intervalMs + EPSILON_MS : fromMs;
  for (let number = first; ; number++) {
    for (const momentMs of index.lostBefore(number)) {
      if (momentMs > lostFromMs && momentMs < toMs - EPSILON_MS) yield { sample: sample++, momentMs, number: null, reason: 'damaged' };
    }
    if (number >= index.count || index.timeOf(number) >= toMs - EPSILON_MS) return;
    yield { sample: sample++, momentMs: index.timeOf(number), ...decodable(number, index) };
  }
}

function frameAt(momentMs: number, index: FrameIndex): Pick<AskedMoment, 'number' | 'reason'> {
  return index.isInHole(momentMs) ? { number: null, reason: 'damaged' } : decodable(Math.max(0, index.numberAt(momentMs)), index);
}

function decodable(number: number, index: FrameIndex): Pick<AskedMoment, 'number' | 'reason'> {
  return index.stretchFor(number) ? { number, reason: 'undecodable' } : { number: null, reason: 'no-key-frame' };
}
