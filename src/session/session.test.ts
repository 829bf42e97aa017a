import { describe, expect, it, vi } from 'vitest';
import { EXPRESSIONS, toProbabilities, type Expression } from '../engine/labels';
import type { ClassifiedFace, FrameResult, SkippedFace } from '../engine/types';
import { decimate } from './decimation';
import { ObservationStore } from './observation-store';
import { summarise } from './statistics';

const POINT = { x: 0, y: 0 };
const BASE = {
  box: { x: 10, y: 20, width: 30, height: 40 },
  score: 0.9,
  keypoints: {
    rightEye: POINT,
    leftEye: POINT,
    noseTip: POINT,
    mouthCenter: POINT,
    rightEarTragion: POINT,
    leftEarTragion: POINT,
  },
  crop: { center: POINT, side: 40, rollDeg: 0 },
  headPose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
  concerns: [],
};

/** All probability that `p` leaves goes to the other six in equal parts. */
function face(track: number, label: Expression, p = 0.7, uncertain = false): ClassifiedFace {
  const smoothed = toProbabilities(EXPRESSIONS.map((e) => (e === label ? p : (1 - p) / 6)));
  return { ...BASE, track, status: 'classified', raw: smoothed, smoothed, label, confidence: p, uncertain };
}

function skipped(track: number): SkippedFace {
  return { ...BASE, track, status: 'skipped', reason: 'face-too-small' };
}

function frame(timestampMs: number, ...faces: FrameResult['faces'][number][]): FrameResult {
  return {
    frame: { width: 640, height: 480 },
    timestampMs,
    faces,
    timings: { detectMs: 1, cropMs: 1, classifyMs: 1, totalMs: 3 },
  };
}

describe('ObservationStore', () => {
  it('gives back what was put in, by time and by track', () => {
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
    expect(second[0]?.box).toEqual(BASE.box);
    expect(second[0]?.smoothed[EXPRESSIONS.indexOf('sad')]).toBeCloseTo(0.5, 6);
  });

  it('counts frames without a face and with skipped faces only', () => {
    const store = new ObservationStore();
    store.append(frame(0));
    store.append(frame(10, skipped(1)));
    store.append(frame(20, face(1, 'fear'), skipped(2)));
    expect(store.getSnapshot()).toMatchObject({ frames: 3, framesWithFaces: 1, droppedRows: 0 });
    expect([...store.since(-Infinity)]).toHaveLength(1);
  });

  it('tells its listeners, with a new snapshot each time and the same one in between', () => {
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

  it('refuses a frame from the past and keeps what it has', () => {
    const store = new ObservationStore();
    store.append(frame(100, face(1, 'happy')));
    expect(() => store.append(frame(99, face(1, 'sad')))).toThrow(RangeError);
    expect([...store.since(0)]).toHaveLength(1);
  });

  it('stays within its capacity: the oldest rows go, and it says how many', () => {
    const store = new ObservationStore(4096);
    for (let i = 0; i < 5000; i++) store.append(frame(i, face(1, 'happy')));
    const rows = [...store.since(-Infinity)];
    expect(rows.length).toBeLessThanOrEqual(4096);
    expect(rows.length + store.getSnapshot().droppedRows).toBe(5000);
    expect(rows.at(-1)?.timestampMs).toBe(4999);
    expect([...store.since(4990)]).toHaveLength(10);
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

describe('summarise', () => {
  it('counts shares, means and switches, and keeps uncertainty apart', () => {
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

  it('says nothing of nothing', () => {
    expect(summarise([])).toMatchObject({ observations: 0, dominant: null, switches: 0, uncertainShare: 0 });
  });
});

describe('decimate', () => {
  const store = new ObservationStore();
  for (let t = 1000; t < 3000; t += 40) store.append(frame(t, face(1, t < 2000 ? 'happy' : 'sad', 0.82)));
  for (let t = 4000; t < 5000; t += 40) store.append(frame(t, face(1, 'sad', 0.82)));
  const happy = EXPRESSIONS.indexOf('happy');

  it('averages within buckets and leaves gaps as gaps', () => {
    const series = decimate(store.since(1000, 1), 1000, 4999, 200);
    expect(series).toMatchObject({ startMs: 1000, bucketMs: 200, length: 20 });
    expect(series.means[happy]).toBeCloseTo(0.82, 5);
    expect(series.means[5 * 7 + happy]).toBeCloseTo(0.03, 5);
    for (let bucket = 10; bucket < 15; bucket++) expect(series.means[bucket * 7]).toBeNaN();
    expect(series.means[15 * 7]).not.toBeNaN();
  });

  it('gives a bucket the same values wherever the window begins', () => {
    const early = decimate(store.since(1000, 1), 1000, 2600, 200);
    const late = decimate(store.since(1400, 1), 1490, 2700, 200);
    const shift = (late.startMs - early.startMs) / 200;
    expect(shift).toBe(2);
    expect([...late.means.subarray(0, 7 * 5)]).toEqual([...early.means.subarray(7 * shift, 7 * (shift + 5))]);
  });

  it('never gives more points than buckets, however many observations', () => {
    const series = decimate(store.since(0), 0, 60_000, 200);
    expect(series.length).toBe(301);
    expect(series.means).toHaveLength(301 * 7);
  });
});
