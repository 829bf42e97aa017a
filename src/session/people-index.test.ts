import { describe, expect, it } from 'vitest';
import { EXPRESSIONS, toProbabilities } from '../engine/labels';
import { baselineOfStretch } from './baseline-stretch';
import { decimate } from './decimation';
import { classifiedFace, frameOf } from './observation-fixture';
import { ObservationStore } from './observation-store';
import { PeopleAssignment, UNEDITED, type PeopleEdits } from './people-edits';
import { PeopleIndex } from './people-index';
import { summarise, summaryTells } from './statistics';

const FRAME_MS = 100;
const HAPPY = EXPRESSIONS.indexOf('happy');

/** A happy person with a second of surprise per minute, and a sad one who arrives late. */
function append(store: ObservationStore, frames: number): void {
  const first = store.getSnapshot().frames;
  for (let i = first; i < first + frames; i++) {
    const one = classifiedFace(1, i % 600 < 10 ? 'surprise' : 'happy', 0.82, i % 50 === 0);
    store.append(frameOf(i * FRAME_MS, one, ...(i > 1000 ? [classifiedFace(2, 'sad')] : [])));
  }
}

function readAll(index: PeopleIndex): PeopleIndex {
  while (!index.advance(50));
  return index;
}

describe('PeopleIndex', () => {
  it('gives the same summaries as reading the whole store', () => {
    const store = new ObservationStore();
    append(store, 2000);
    store.end(null);
    const people = readAll(new PeopleIndex(store)).people();
    expect(people.map(({ person, firstMs, lastMs }) => [person, firstMs, lastMs])).toEqual([
      [1, 0, 199_900],
      [2, 100_100, 199_900],
    ]);
    for (const { person, summary } of people) expect(summary).toEqual(summarise(store.since(0, person)));
  });

  it('stops when its time is up, and resumes with new frames included', () => {
    const store = new ObservationStore();
    append(store, 500);
    const index = new PeopleIndex(store);
    expect(index.advance(0)).toBe(false);
    expect(index.people()[0]?.summary.observations).toBeLessThan(500);
    append(store, 500);
    store.end(null);
    readAll(index);
    expect(index.people()[0]?.summary).toEqual(summarise(store.since(0, 1)));
  });

  it('holds back the newest frame until its duration is known', () => {
    const store = new ObservationStore();
    append(store, 2);
    const index = readAll(new PeopleIndex(store));
    expect(index.people()[0]?.summary).toMatchObject({ observations: 1, seenMs: 100 });
    store.end(5000);
    expect(readAll(index).people()[0]?.summary).toMatchObject({ observations: 2, seenMs: 5000 });
  });

  it('applies people edits, and lists all tracks of a person', () => {
    const store = new ObservationStore();
    append(store, 2000);
    store.end(null);
    const edits: PeopleEdits = [{ kind: 'split', person: 1, atMs: 50_000, into: 3 }, { kind: 'merge', person: 3, other: 2 }];
    const index = readAll(new PeopleIndex(store, null, PeopleAssignment.of(edits)));
    expect(index.people().map(({ person, tracks, firstMs }) => [person, tracks, firstMs])).toEqual([[1, [1], 0], [3, [1, 2], 50_000]]);
    expect(index.series(1)?.at(50_000, 10)).toBeNull();
    expect(index.series(3)?.at(50_000, 10)).not.toBeNull();
  });

  it('reads no frame twice after the store has dropped the oldest', () => {
    const store = new ObservationStore(2048);
    append(store, 3000);
    store.end(null);
    const index = readAll(new PeopleIndex(store));
    const read = index.people()[0]?.summary.observations;
    expect(read).toBe(3000 - store.getSnapshot().droppedFrames);
    index.advance(50);
    expect(index.people()[0]?.summary.observations).toBe(read);
  });

  it('excludes filtered faces from summaries and at every scale', () => {
    const store = new ObservationStore();
    append(store, 600);
    store.end(null);
    const index = readAll(new PeopleIndex(store, ({ uncertain }) => uncertain));
    expect(index.people()[0]?.summary).toMatchObject({ observations: 588, uncertainShare: 0 });
    const series = index.series(1);
    // The frame at 5,000 ms is excluded.
    expect(series?.read(4_950, 5_250, 6).means[7 + HAPPY]).toBeNaN();
    expect(series?.read(4_950, 5_250, 6).means[7 * 3 + HAPPY]).not.toBeNaN();
  });
});

describe('TrackSeries', () => {
  const store = new ObservationStore();
  append(store, 6000);
  store.end(null);
  const series = readAll(new PeopleIndex(store)).series(1);

  it.each([20, 100, 400, 3000])('matches the store, in at most %d points', (points) => {
    const read = series?.read(30_000, 300_000, points);
    if (!read) throw new Error('no series');
    expect(read.length).toBeLessThanOrEqual(points + 1);
    const direct = decimate(store.since(read.startMs, 1), 30_000, 300_000, read.bucketMs);
    expect(read.startMs).toBe(direct.startMs);
    read.means.forEach((mean, i) => expect(mean).toBeCloseTo(direct.means[i] ?? NaN, 4));
    expect(read.peaks).toEqual(direct.peaks);
  });

  it('keeps the peak of an event shorter than a bucket', () => {
    const read = series?.read(0, 600_000, 10);
    const surprise = EXPRESSIONS.indexOf('surprise');
    expect(read?.means[surprise]).toBeLessThan(0.1);
    expect(read?.peaks[surprise]).toBeCloseTo(0.82, 5);
  });

  it('finds the nearest observation within a distance', () => {
    const happy = EXPRESSIONS.indexOf('happy');
    expect(series?.at(5_049, 60)?.[happy]).toBeCloseTo(0.82, 5);
    expect(series?.at(960, 100)?.[happy]).toBeCloseTo(0.82, 5);
    expect(series?.at(940, 100)?.[happy]).toBeCloseTo(0.03, 5);
    expect(series?.at(599_900 + 60, 50)).toBeNull();
    expect(series?.at(-100, 50)).toBeNull();
  });

  it('finds the observation in effect at a time, regardless of clock rounding', () => {
    expect(series?.startingAt(5_049)).toBe(5_000);
    expect(series?.startingAt(4_999.4)).toBe(5_000);
    expect(series?.startingAt(4_998)).toBe(4_900);
    expect(series?.startingAt(-100)).toBe(0);
    const late = readAll(new PeopleIndex(store)).series(2);
    expect(late?.startingAt(0)).toBe([...store.since(0, 2)][0]?.timestampMs);
  });

  it('is empty where the person was absent', () => {
    const late = readAll(new PeopleIndex(store)).series(2);
    expect(late?.read(0, 99_000, 50).means.every(Number.isNaN)).toBe(true);
  });

  it('shows a person relative to their face at rest, in summaries and curves', () => {
    const store = new ObservationStore();
    for (let i = 0; i < 40; i++) store.append(frameOf(i * FRAME_MS, classifiedFace(1, i < 30 ? 'sad' : 'happy', 0.9)));
    store.end(null);
    const baseline = baselineOfStretch(store, UNEDITED, 1, 0, 1000);
    expect(baseline?.readings).toBe(11);
    if (!baseline) return;
    const edits: PeopleEdits = [{ kind: 'neutral', person: 1, fromMs: 0, toMs: 1000, ...baseline }];
    const index = readAll(new PeopleIndex(store, null, PeopleAssignment.of(edits)));
    expect(index.people()[0]?.summary).toMatchObject({ dominant: 'neutral', share: { neutral: 0.75, happy: 0.25, sad: 0 } });
    expect(index.series(1)?.at(0, 10)?.at(-1)).toBeCloseTo(0.7, 4);
    expect(baselineOfStretch(store, UNEDITED, 1, 0, 100)).toBeNull();
  });
});

it('distinguishes a model without the seven expressions from mere uncertainty, in stored values too', () => {
  const store = new ObservationStore();
  const even = toProbabilities(EXPRESSIONS.map(() => 1 / EXPRESSIONS.length));
  for (let i = 0; i < 700; i++) {
    const own = { ...classifiedFace(1, 'angry', 1 / 7, true), smoothed: even, raw: even };
    store.append(frameOf(i * 37, own, classifiedFace(2, 'sad', 0.16, true)));
  }
  store.end(null);
  expect(readAll(new PeopleIndex(store)).people().map(({ summary }) => summaryTells(summary))).toEqual([false, true]);
  expect(summaryTells(summarise([]))).toBe(true);
});
