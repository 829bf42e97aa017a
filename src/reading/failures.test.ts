import { expect, it } from 'vitest';
import { MienError } from '../engine/errors';
import { Failures, MOST_FAILURES } from './failures';

const DIED = new MienError('engine', 'worker-died');

it('ends a reading after six consecutive failures, with a longer pause after each', () => {
  const failures = new Failures();
  const verdicts = Array.from({ length: MOST_FAILURES }, () => failures.fail(DIED));
  expect(verdicts.map((verdict) => (verdict.ended ? 'ended' : verdict.pauseMs))).toEqual([400, 800, 1200, 1600, 2000, 'ended']);
});

it('restarts the count after a success', () => {
  const failures = new Failures();
  for (let i = 0; i < 20; i++) {
    expect(failures.fail(DIED).ended).toBe(false);
    failures.succeed();
  }
});

it.each([new MienError('image', 'cross-origin'), new MienError('engine', 'disposed')])('ends it at once after $reason', (error) => {
  expect(new Failures().fail(error).ended).toBe(true);
});
