import { describe, expect, it } from 'vitest';
import { countOfLeftOut, ReadingTally } from './reading-account';
import { SETUP } from './reading-fixture';

function tallyOf(read: number): ReadingTally {
  const tally = new ReadingTally();
  for (let i = 0; i < read; i++) tally.addRead();
  return tally;
}

describe('ReadingTally', () => {
  it('accounts for every sample, with reasons in a fixed order', () => {
    const tally = tallyOf(5);
    tally.addLeftOut('failed');
    tally.addLeftOut('undecodable', 2);
    const account = tally.account(SETUP, 'complete');
    expect(account).toMatchObject({ ...SETUP, framesAsked: 8, framesRead: 5, ending: 'complete' });
    expect(account.framesLeftOut).toEqual([
      { reason: 'undecodable', count: 2 },
      { reason: 'failed', count: 1 },
    ]);
    expect(countOfLeftOut(account)).toBe(3);
  });

  it('counts unreached samples as stopped if their number is known', () => {
    expect(tallyOf(5).account(SETUP, 'stopped', 8)).toMatchObject({ framesAsked: 8, framesRead: 5, framesLeftOut: [{ reason: 'stopped', count: 3 }] });
    expect(tallyOf(5).account(SETUP, 'stopped')).toMatchObject({ framesAsked: 5, framesLeftOut: [] });
  });
});
