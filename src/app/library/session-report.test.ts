import { expect, it, vi } from 'vitest';
import { classifiedFace, frameOf } from '../../session/observation-fixture';
import { ObservationStore } from '../../session/observation-store';
import { accountFixture } from '../../session/reading-fixture';
import type { ArchivedSession } from '../../session/session-archive';
import { SESSION_0_1 } from '../../session/session-0-1-fixture';
import type { CurvePicture } from '../results/curve-picture';
import { reportOf } from './session-report';

const drawn = vi.hoisted(() => vi.fn<(picture: CurvePicture) => { toDataURL: () => string }>(() => ({ toDataURL: () => 'data:' })));
vi.mock('../results/curve-picture', () => ({ drawCurvePicture: drawn }));

it('draws the curves of a printed session from where its clock begins, below 0', async () => {
  const store = new ObservationStore();
  for (let ms = -1500; ms < 3000; ms += 100) store.append(frameOf(ms, classifiedFace(1, 'happy')));
  store.end(3000);
  const info = { ...SESSION_0_1, kind: 'video', durationMs: 4500, reading: accountFixture({ partMs: [-1500, 3000] }), people: [], thumbnail: null } as unknown as ArchivedSession;
  await reportOf({ info, store, damagedBatches: 0 }, new AbortController().signal);
  expect(drawn).toHaveBeenCalledOnce();
  expect(drawn.mock.lastCall?.[0].whole).toEqual({ fromMs: -1500, toMs: 3000 });
});
