import { expect, it } from 'vitest';
import { intervalsBetween, IntervalTally } from './interval-statistics';
import { classifiedFace, frameOf } from './observation-fixture';
import { ObservationStore } from './observation-store';

const note = (atMs: number) => ({ atMs, note: String(atMs) });

it('divides a session at its markers in any order, without empty intervals', () => {
  const spans = intervalsBetween([note(2000), note(500), note(500), note(9000)], { fromMs: 0, toMs: 4000 }).map(({ fromMs, toMs, marker }) => [fromMs, toMs, marker?.note ?? null]);
  expect(spans).toEqual([[0, 500, null], [500, 2000, '500'], [2000, 4000, '2000']]);
  expect(intervalsBetween([note(0)], { fromMs: 0, toMs: 100 })).toEqual([{ fromMs: 0, toMs: 100, marker: note(0) }]);
});

it('starts below 0 where the session does', () => {
  const spans = intervalsBetween([note(-1000)], { fromMs: -1500, toMs: 2000 }).map(({ fromMs, toMs, marker }) => [fromMs, toMs, marker?.note ?? null]);
  expect(spans).toEqual([[-1500, -1000, null], [-1000, 2000, '-1000']]);
});

it('counts a face in each of several intervals that its frame stands across, and people who overlap', () => {
  const store = new ObservationStore();
  store.append(frameOf(0, classifiedFace(1, 'happy'), classifiedFace(2, 'sad')));
  store.append(frameOf(3000, classifiedFace(1, 'sad')));
  store.append(frameOf(4000));
  store.end(4000);
  const tally = new IntervalTally(intervalsBetween([note(1000), note(1500), note(3500)], { fromMs: 0, toMs: 4000 }));
  for (const face of store.since(-Infinity)) tally.add(face, face.track);
  expect(Array.from(tally.summaries(), ({ people }) => [people.get(1)?.seenMs, people.get(2)?.seenMs])).toEqual([
    [1000, 1000],
    [500, 500],
    [2000, 1500],
    [500, undefined],
  ]);
});

it('divides the duration of a frame at a marker', () => {
  const store = new ObservationStore();
  store.append(frameOf(0, classifiedFace(1, 'happy')));
  store.append(frameOf(1000, classifiedFace(1, 'sad'), classifiedFace(2, 'fear', 0.3, true)));
  store.append(frameOf(2000));
  store.end(2000);
  const tally = new IntervalTally(intervalsBetween([note(750)], { fromMs: 0, toMs: 2000 }));
  for (const face of store.since(-Infinity)) tally.add(face, face.track);
  const [before, after] = [...tally.summaries()];
  expect(before).toMatchObject({ everybody: { observations: 1, seenMs: 750, dominant: 'happy' } });
  expect(after?.people.get(1)).toMatchObject({ observations: 2, seenMs: 1250, dominant: 'sad', share: { happy: 0.2, sad: 0.8 } });
  expect(after?.people.get(2)).toMatchObject({ uncertainShare: 1, dominant: null });
});
