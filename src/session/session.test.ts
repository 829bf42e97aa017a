import { describe, expect, it, vi } from 'vitest';
import { EXPRESSIONS } from '../engine/labels';
import { decimate } from './decimation';
import { toColumns } from './observation-columns';
import { classifiedFace as face, frameOf as frame, skippedFace as skipped } from './observation-fixture';
import { ObservationStore } from './observation-store';
import { PeopleTally, summarise } from './statistics';

describe('ObservationStore', () => {
  it('returns what was appended, by time and by track', () => {
    const store = new ObservationStore();
    store.append(frame(0, face(1, 'happy'), face(2, 'sad')));
    store.append(frame(40, face(2, 'sad', 0.5, true)));
    store.append(frame(80, face(1, 'angry')));

    expect([...store.since(0)].map((f) => [f.timestampMs, f.track, f.label])).toEqual([
      [0, 1, 'happy'],
      [0, 2, 'sad'],
      [40, 2, 'sad'],
      [80, 1, 'angry'],
    ]);
    const second = [...store.since(1, 2)];
    expect(second).toHaveLength(1);
    expect(second[0]?.uncertain).toBe(true);
    expect(second[0]?.box).toEqual({ x: 10, y: 20, width: 30, height: 40 });
    expect(second[0]?.smoothed[EXPRESSIONS.indexOf('sad')]).toBeCloseTo(0.5, 6);
  });

  it('counts frames without faces and frames with only skipped faces', () => {
    const store = new ObservationStore();
    store.append(frame(0));
    store.append(frame(10, skipped(1)));
    store.append(frame(20, face(1, 'fear'), skipped(2)));
    expect(store.getSnapshot()).toMatchObject({ frames: 3, framesWithFaces: 1, droppedRows: 0 });
    expect([...store.since(-Infinity)]).toHaveLength(1);
  });

  it('notifies listeners, with a new snapshot for each change and a stable one in between', () => {
    const store = new ObservationStore();
    const listener = vi.fn();
    const leave = store.subscribe(listener);
    const before = store.getSnapshot();
    expect(store.getSnapshot()).toBe(before);
    store.append(frame(0));
    expect(store.getSnapshot()).not.toBe(before);
    expect(listener).toHaveBeenCalledTimes(1);
    leave();
    store.append(frame(1));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('rejects a frame from the past and keeps its contents', () => {
    const store = new ObservationStore();
    store.append(frame(100, face(1, 'happy')));
    expect(() => store.append(frame(99, face(1, 'sad')))).toThrow(RangeError);
    expect([...store.since(0)]).toHaveLength(1);
  });

  it('drops the oldest rows to stay within its capacity, and counts them', () => {
    const store = new ObservationStore(4096);
    for (let i = 0; i < 5000; i++) store.append(frame(i, face(1, 'happy')));
    const rows = [...store.since(-Infinity)];
    expect(rows.length).toBeLessThanOrEqual(4096);
    expect(rows.length + store.getSnapshot().droppedRows).toBe(5000);
    expect(rows.at(-1)?.timestampMs).toBe(4999);
    expect([...store.since(4990)]).toHaveLength(10);
    expect([...store.framesFrom(0)][0]?.number).toBe(store.getSnapshot().droppedRows);
    expect([...store.framesFrom(4998)].map(({ number }) => number)).toEqual([4998, 4999]);
  });

  it('keeps every frame, its number, its skipped faces, and all details of a face', () => {
    const store = new ObservationStore();
    const turned = { ...face(1, 'sad', 0.6, true), headPose: { yawDeg: -30, pitchDeg: 4.5, rollDeg: 1 }, concerns: [{ kind: 'turned', value: 30 } as const, { kind: 'covered', value: 0.75, part: 'eyes' } as const, { kind: 'other-class', value: 0.5, name: 'tongue out' } as const] };
    store.append(frame(0), { sample: 7, number: 210 });
    store.append(frame(40, turned, skipped(2)), { sample: 9, number: 270 });
    const [empty, full] = [...store.framesFrom(0)];
    expect(empty).toEqual({ timestampMs: 0, sample: 7, number: 210, leftOut: null, faces: [], skipped: [] });
    expect(full).toMatchObject({ timestampMs: 40, sample: 9, number: 270, skipped: [{ track: 2, reason: 'face-too-small', box: { x: 10 } }] });
    const { headPose, concerns, uncertain, label, confidence, score } = full?.faces[0] ?? {};
    expect({ headPose, concerns, uncertain, label }).toEqual({ headPose: turned.headPose, concerns: turned.concerns, uncertain: true, label: 'sad' });
    expect(confidence).toBeCloseTo(0.6, 6);
    expect(score).toBeCloseTo(0.9, 6);
  });

  it('keeps a left-out sample in its place, with its reason', () => {
    const store = new ObservationStore();
    store.append(frame(0, face(1, 'happy')), { sample: 0, number: 12 });
    store.appendLeftOut({ timestampMs: 100, reason: 'undecodable' }, { sample: 1, number: 15 });
    store.appendLeftOut({ timestampMs: 200, reason: 'no-key-frame' });
    store.append(frame(300));
    expect(Array.from(store.framesFrom(0), ({ sample, number, leftOut }) => [sample, number, leftOut])).toEqual([
      [0, 12, null],
      [1, 15, 'undecodable'],
      [2, null, 'no-key-frame'],
      [3, 3, null],
    ]);
    expect(store.getSnapshot()).toMatchObject({ frames: 4, framesRead: 2, framesLeftOut: 2, framesWithFaces: 1 });
    expect(() => store.appendLeftOut({ timestampMs: 299, reason: 'no-key-frame' })).toThrow(RangeError);
  });

  it('accepts more faces in one frame than fit into a chunk', () => {
    const store = new ObservationStore();
    store.append(frame(0, face(1, 'happy')));
    store.append(frame(1, ...Array.from({ length: 3000 }, (_, i) => face(i, 'sad'))));
    expect([...store.since(1)]).toHaveLength(3000);
  });

  it('is empty again after clear', () => {
    const store = new ObservationStore();
    store.append(frame(100, face(1, 'happy')));
    store.clear();
    expect(store.getSnapshot()).toMatchObject({ latest: null, frames: 0 });
    expect([...store.since(-Infinity)]).toHaveLength(0);
    store.append(frame(5, face(1, 'happy')));
    expect([...store.since(0)]).toHaveLength(1);
  });
});

describe('columns', () => {
  /** Several chunks, cut at odd positions: left-out frames, frames without faces, with two faces, and with a skipped one. */
  function filled(frames: number): ObservationStore {
    const store = new ObservationStore();
    for (let i = 0; i < frames; i++) {
      if (i % 7 === 0) store.appendLeftOut({ timestampMs: i * 33, reason: 'failed' });
      else store.append(frame(i * 33, ...(i % 3 === 0 ? [] : [face(1, 'happy', 0.6 + (i % 30) / 100), i % 2 === 0 ? skipped(2) : face(2, 'sad')])));
    }
    return store;
  }
  const plain = (store: ObservationStore) =>
    Array.from(store.framesFrom(0), ({ faces, ...rest }) => ({
      ...rest,
      faces: faces.map(({ track, label, confidence, raw, smoothed, box }) => ({ track, label, confidence, raw, smoothed, box })),
    }));

  it('transfer everything, in pieces of any size', () => {
    const store = filled(2500);
    const restored = new ObservationStore();
    // In increments, like a journal.
    for (const upTo of [1, 2, 38, 75, 1000, 2500]) {
      for (const columns of filled(upTo).columnsFrom(restored.getSnapshot().frames)) restored.appendColumns(columns);
    }
    expect(plain(restored)).toEqual(plain(store));
    const { frames, framesLeftOut, framesWithFaces, newestMs } = store.getSnapshot();
    expect(restored.getSnapshot()).toMatchObject({ frames, framesLeftOut, framesWithFaces, newestMs });
  });

  it('are rejected if they are older than the newest frame', () => {
    const store = filled(10);
    const [columns] = filled(3).columnsFrom(0);
    expect(() => columns && store.appendColumns(columns)).toThrow(RangeError);
    expect(store.getSnapshot().frames).toBe(10);
  });

  it('are distinguished from invalid or damaged values', () => {
    const [columns] = filled(10).columnsFrom(0);
    if (!columns) throw new Error('no columns');
    expect(toColumns(structuredClone(columns))).toEqual(columns);
    for (const broken of [
      null,
      'text',
      {},
      { ...columns, boxes: columns.boxes.slice(1) },
      { ...columns, raw: new Float64Array(columns.raw) },
      { ...columns, timesMs: columns.timesMs.map((ms) => -ms) },
      { ...columns, timesMs: columns.timesMs.map(() => NaN) },
      { ...columns, rowEnds: columns.rowEnds.map((end) => end + 1) },
      { ...columns, outcomes: columns.outcomes.map(() => 200) },
      { ...columns, leftOut: columns.leftOut.map(() => 9) },
      { ...columns, samples: columns.samples.slice(1) },
      { ...columns, concerns: columns.concerns.slice(1) },
      { ...columns, concerns: new Float32Array(0) },
      { ...columns, hiddenParts: columns.hiddenParts.map(() => 9) },
    ]) {
      expect(toColumns(broken)).toBeNull();
    }
  });
});

describe('summarise', () => {
  it('computes shares, means and switches, and separates uncertain observations', () => {
    const store = new ObservationStore();
    store.append(frame(0, face(1, 'happy', 0.8)));
    store.append(frame(10, face(1, 'happy', 0.8)));
    store.append(frame(20, face(1, 'sad', 0.4, true)));
    store.append(frame(30, face(1, 'neutral', 0.7)));
    const summary = summarise(store.since(0, 1));
    expect(summary).toMatchObject({ observations: 4, uncertainShare: 0.25, dominant: 'happy', switches: 1 });
    expect(summary.share.happy).toBe(0.5);
    expect(summary.share.sad).toBe(0);
    expect(summary.mean.happy).toBeCloseTo((0.8 + 0.8 + 0.1 + 0.05) / 4, 5);
    expect(Object.values(summary.mean).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  });

  it('excludes faces with a concern on request, as if they had not been seen', () => {
    const store = new ObservationStore();
    store.append(frame(0, face(1, 'happy', 0.8)));
    store.append(frame(10, { ...face(1, 'sad', 0.9, true), concerns: [{ kind: 'turned', value: 60 }] }));
    store.append(frame(20, face(1, 'neutral', 0.3, true)));
    expect(summarise(store.since(0, 1))).toMatchObject({ observations: 3, uncertainShare: 2 / 3 });
    const kept = summarise(store.since(0, 1), { leaveOutConcerns: true });
    expect(kept).toMatchObject({ observations: 2, uncertainShare: 0.5, dominant: 'happy' });
    expect(kept.mean.happy).toBeCloseTo((0.8 + 0.7 / 6) / 2, 5);
  });

  it('separates people, with the times of their appearance', () => {
    const store = new ObservationStore();
    store.append(frame(0, face(4, 'happy')));
    store.append(frame(10, face(4, 'happy'), face(2, 'sad')));
    store.append(frame(20, face(2, 'sad')));
    const people = new PeopleTally();
    for (const seen of store.since(0)) people.add(seen);
    expect(people.summaries()).toMatchObject([
      { person: 4, tracks: [4], firstMs: 0, lastMs: 10, summary: { observations: 2, dominant: 'happy' } },
      { person: 2, tracks: [2], firstMs: 10, lastMs: 20, summary: { observations: 2, dominant: 'sad' } },
    ]);
  });

  it('handles an empty input', () => {
    expect(summarise([])).toMatchObject({ observations: 0, dominant: null, switches: 0, uncertainShare: 0 });
  });
});

describe('decimate', () => {
  const store = new ObservationStore();
  for (let t = 1000; t < 3000; t += 40) store.append(frame(t, face(1, t < 2000 ? 'happy' : 'sad', 0.82)));
  for (let t = 4000; t < 5000; t += 40) store.append(frame(t, face(1, 'sad', 0.82)));
  const happy = EXPRESSIONS.indexOf('happy');

  it('averages within buckets and preserves gaps', () => {
    const series = decimate(store.since(1000, 1), 1000, 4999, 200);
    expect(series).toMatchObject({ startMs: 1000, bucketMs: 200, length: 20 });
    expect(series.means[happy]).toBeCloseTo(0.82, 5);
    expect(series.means[5 * 7 + happy]).toBeCloseTo(0.03, 5);
    for (let bucket = 10; bucket < 15; bucket++) expect(series.means[bucket * 7]).toBeNaN();
    expect(series.means[15 * 7]).not.toBeNaN();
  });

  it('gives a bucket the same values for any window start', () => {
    const early = decimate(store.since(1000, 1), 1000, 2600, 200);
    const late = decimate(store.since(1400, 1), 1490, 2700, 200);
    const shift = (late.startMs - early.startMs) / 200;
    expect(shift).toBe(2);
    expect([...late.means.subarray(0, 7 * 5)]).toEqual([...early.means.subarray(7 * shift, 7 * (shift + 5))]);
  });

  it('never exceeds the number of buckets, however many observations there are', () => {
    const series = decimate(store.since(0), 0, 60_000, 200);
    expect(series.length).toBe(301);
    expect(series.means).toHaveLength(301 * 7);
  });
});
