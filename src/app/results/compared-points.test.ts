import { expect, it } from 'vitest';
import { EXPRESSIONS } from '../../engine/labels';
import { classifiedFace, frameOf } from '../../session/observation-fixture';
import { ObservationStore } from '../../session/observation-store';
import { PeopleIndex } from '../../session/people-index';
import { UNEDITED } from '../../session/people-edits';
import { comparedPoints } from './compared-points';

it('draws a curve from where the clock begins, below 0, with a gap where the face is away', () => {
  const store = new ObservationStore();
  for (const ms of [-1500, -1000, -500, 2500, 3000]) store.append(frameOf(ms, ...(ms === -500 ? [] : [classifiedFace(1, 'happy', 0.8)])));
  store.end(3500);
  const index = new PeopleIndex(store, null, UNEDITED);
  index.advance(1000);
  const series = index.series(1);
  if (!series) throw new Error('no series');
  const points = comparedPoints(series, { fromMs: -1500, toMs: 3500 }, -1500, EXPRESSIONS.indexOf('happy'));
  expect(points.map(({ x, y }) => [Math.floor(x * 2) / 2, Number(y.toFixed(2))])).toEqual([[0, 0.8], [0.5, 0.8], [4, NaN], [4, 0.8], [4.5, 0.8]]);
});
