import { expect, it } from 'vitest';
import { withoutLostRows } from './lost-rows';
import { classifiedFace, frameOf } from './observation-fixture';
import { ObservationStore } from './observation-store';
import { accountFixture } from './reading-fixture';
import type { SessionInfo } from './session-info';

it('counts lost frames as left out, so that the account agrees with the rows that are left', () => {
  const store = new ObservationStore();
  for (let i = 0; i < 60; i++) store.append(frameOf(i * 33, classifiedFace(1, 'happy')));
  const framesLeftOut = [{ reason: 'undecodable', count: 2 }, { reason: 'stopped', count: 1 }] as const;
  const reading = accountFixture({ framesAsked: 93, framesRead: 90, framesLeftOut });
  const info = { reading, frames: 90, framesWithFaces: 90, skippedFrames: 2 } as SessionInfo;
  expect(withoutLostRows(info, store)).toMatchObject({
    ...{ frames: 60, framesWithFaces: 60, skippedFrames: 32 },
    reading: { framesAsked: 93, framesRead: 60, framesLeftOut: [{ reason: 'undecodable', count: 2 }, { reason: 'damaged', count: 30 }, { reason: 'stopped', count: 1 }] },
  });
  expect(withoutLostRows({ ...info, frames: 60 }, store).reading).toBe(reading);
});
