import { describe, expect, it } from 'vitest';
import { EXPRESSIONS } from '../engine/labels';
import { facesAt } from './faces-at';
import { KeyMoments } from './key-moments';
import { classifiedFace as face, frameOf as frame } from './observation-fixture';
import { ObservationStore } from './observation-store';
import { PeopleIndex } from './people-index';
import { isBrief } from './people';
import { LONGEST_LIVE_MS } from './series-clock';
import { summarise } from './statistics';

const SAD = EXPRESSIONS.indexOf('sad');

/** Happy for 2 s at ten frames per second, then one sad frame until the end. */
function held(endMs: number | null, longestMs?: number): ObservationStore {
  const store = new ObservationStore(Infinity, longestMs);
  for (let ms = 0; ms < 2000; ms += 100) store.append(frame(ms, face(1, 'happy')));
  store.append(frame(2000, face(1, 'sad')));
  store.end(endMs);
  return store;
}

describe('statistics are weighted by time, not frames', () => {
  it('gives 10 % happy for 2 s happy followed by one sad frame held for 18 s', () => {
    const summary = summarise(held(20_000).since(0));
    expect(summary).toMatchObject({ observations: 21, seenMs: 20_000, dominant: 'sad', switches: 1 });
    expect(summary.share.happy).toBeCloseTo(0.1, 6);
    expect(summary.share.sad).toBeCloseTo(0.9, 6);
    expect(summary.mean.happy).toBeCloseTo(0.1 * 0.7 + 0.9 * 0.05, 5);
  });

  it('uses the raw values of a held picture, which smoothing had only started to follow', () => {
    const store = new ObservationStore();
    for (let ms = 0; ms < 2000; ms += 100) store.append(frame(ms, face(1, 'happy')));
    const { smoothed, label, confidence } = face(1, 'happy', 0.6);
    store.append(frame(2000, { ...face(1, 'sad'), smoothed, label, confidence }));
    store.end(20_000);
    expect(summarise(store.since(0)).share.happy).toBeCloseTo(0.1, 6);
    expect(summarise(store.since(0)).mean.sad).toBeGreaterThan(0.6);
  });

  it('is independent of the frame rate of the moving part', () => {
    for (const fps of [1, 5, 10, 30]) {
      const store = new ObservationStore();
      for (let i = 0; i < 2 * fps; i++) store.append(frame((i * 1000) / fps, face(1, 'happy')));
      store.append(frame(2000, face(1, 'sad')));
      store.end(20_000);
      expect(summarise(store.since(0)).share.happy).toBeCloseTo(0.1, 6);
    }
  });

  it('weights the last frame by the usual interval if the end is unknown', () => {
    expect(summarise(held(null).since(0))).toMatchObject({ seenMs: 2100, dominant: 'happy' });
    const one = new ObservationStore();
    one.append(frame(0, face(1, 'happy')));
    expect(summarise(one.since(0)).share.happy).toBe(1);
  });

  it('limits the duration of a camera frame', () => {
    const store = new ObservationStore(Infinity, LONGEST_LIVE_MS);
    store.append(frame(0, face(1, 'happy')));
    store.append(frame(60_000, face(1, 'sad')));
    store.end(null);
    expect(summarise(store.since(0))).toMatchObject({ seenMs: 2 * LONGEST_LIVE_MS });
  });

  it('gives left-out samples no weight, and does not extend others over them', () => {
    const store = new ObservationStore();
    store.append(frame(0, face(1, 'happy')));
    store.appendLeftOut({ timestampMs: 1000, reason: 'undecodable' });
    store.appendLeftOut({ timestampMs: 2000, reason: 'undecodable' });
    store.append(frame(3000, face(1, 'sad')));
    store.end(4000);
    expect(summarise(store.since(0))).toMatchObject({ observations: 2, seenMs: 2000, share: { happy: 0.5, sad: 0.5 } });
  });

  it('works across the border of two chunks, in memory and restored', () => {
    const store = new ObservationStore();
    for (let i = 0; i < 5000; i++) store.append(frame(i * 40, face(1, i < 2048 ? 'happy' : 'sad')));
    const restored = new ObservationStore();
    for (const columns of store.columnsFrom(0)) restored.appendColumns(columns);
    for (const each of [store, restored]) {
      each.end(200_000);
      expect(summarise(each.since(0))).toMatchObject({ seenMs: 200_000, share: { happy: 0.4096, sad: 0.5904 } });
    }
  });

  it('handles frames with equal times', () => {
    const store = new ObservationStore();
    for (const label of ['happy', 'sad'] as const) store.append(frame(0, face(1, label)));
    store.end(0);
    const { share } = summarise(store.since(0));
    expect([share.happy, share.sad]).toEqual([0.5, 0.5]);
  });

  it('shows a held picture for its whole duration, in curves, on the picture and in words', () => {
    const store = held(20_000);
    const index = new PeopleIndex(store);
    while (!index.advance(50));
    const series = index.series(1);
    expect(series?.at(11_000, 250)?.[SAD]).toBeCloseTo(0.7, 5);
    expect(series?.at(20_500, 250)).toBeNull();
    for (const [fromMs, toMs, points] of [[0, 20_000, 100], [10_000, 10_400, 100]] as const) {
      const { means, length } = series?.read(fromMs, toMs - 1, points) ?? { means: new Float32Array(), length: 0 };
      expect(means[(length - 1) * EXPRESSIONS.length + SAD]).toBeCloseTo(0.7, 4);
    }
    expect(facesAt(store, 15_000, 100).map(({ face: { label } }) => label)).toEqual(['sad']);
    expect(facesAt(store, 20_100, 100)).toEqual([]);
  });

  it("weights a curve's bucket by time", () => {
    const store = new ObservationStore();
    store.append(frame(0, face(1, 'happy', 1)));
    store.append(frame(1500, face(1, 'sad', 1)));
    store.end(2000);
    const index = new PeopleIndex(store);
    while (!index.advance(50));
    const read = index.series(1)?.read(0, 3199, 2);
    expect(read?.bucketMs).toBe(1600);
    expect(read?.means[SAD]).toBeCloseTo(0.25, 5);
  });

  it('does not treat a single held frame as a false detection, and ranks its moment by duration', () => {
    const store = held(20_000);
    store.clear();
    store.append(frame(0, face(1, 'happy')));
    store.append(frame(18_000, face(1, 'sad')));
    store.append(frame(18_100, face(1, 'fear')));
    store.end(18_200);
    const moments = new KeyMoments();
    for (const each of store.since(0)) moments.add(each);
    expect(moments.choose(1, new Set([1])).map(({ label }) => label)).toEqual(['happy']);
    const once = { person: 2, tracks: [2], firstMs: 0, lastMs: 0, summary: { ...summarise([]), observations: 1, seenMs: 18_000 } };
    expect(isBrief(once, 100)).toBe(false);
    expect(isBrief({ ...once, summary: { ...once.summary, seenMs: 100 } }, 100)).toBe(true);
  });
});
