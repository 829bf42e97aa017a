import { describe, expect, it } from 'vitest';
import { DetectorSwitching, type Range } from './detector-switching';

/** Plays frames at 30 a second through the policy; `see` says how many faces each network would find. */
function play(policy: DetectorSwitching, fromMs: number, frames: number, see: (range: Range) => number) {
  const served: Range[] = [];
  let probes = 0;
  for (let i = 0; i < frames; i++) {
    const at = fromMs + (i * 1000) / 30;
    const { serve, probe } = policy.plan(at);
    const other = serve === 'short' ? 'full' : 'short';
    policy.report(at, see(serve), probe ? see(other) : null);
    served.push(serve);
    if (probe) probes += 1;
  }
  return { served, probes, last: served.at(-1), fullAt: served.indexOf('full') };
}

const both = (short: number, full: number) => (range: Range) => (range === 'short' ? short : full);

describe('DetectorSwitching', () => {
  it('stays with the short range while that sees as much, and looks seldom', () => {
    const { served, probes } = play(new DetectorSwitching(), 0, 300, both(1, 1));
    expect(new Set(served)).toEqual(new Set(['short']));
    expect(probes).toBe(4);
  });

  it('changes over within half a second or so when the only face is missed', () => {
    const { fullAt, last } = play(new DetectorSwitching(), 0, 60, both(0, 1));
    expect(last).toBe('full');
    expect(fullAt).toBeGreaterThan(4);
    expect(fullAt).toBeLessThanOrEqual(16);
  });

  it('finds a far face beside a near one at the next routine look', () => {
    const { fullAt } = play(new DetectorSwitching(), 0, 90, both(1, 2));
    expect(fullAt).toBeGreaterThan(45);
    expect(fullAt).toBeLessThanOrEqual(62);
  });

  it('looks soon when there were more faces before', () => {
    const policy = new DetectorSwitching();
    play(policy, 0, 30, both(2, 2));
    expect(play(policy, 1000, 30, both(1, 2)).fullAt).toBeGreaterThan(0);
  });

  it('stops looking hastily once a face has been gone for some seconds', () => {
    const policy = new DetectorSwitching();
    play(policy, 0, 30, both(2, 2));
    const gone = play(policy, 1000, 300, both(1, 1));
    expect(gone.served).not.toContain('full');
    expect(gone.probes).toBeLessThan(14);
    expect(play(policy, 11_000, 300, both(1, 1)).probes).toBeLessThanOrEqual(5);
  });

  it('ignores a single frame without a face', () => {
    let n = 0;
    const { probes } = play(new DetectorSwitching(), 0, 59, () => (++n % 10 === 0 ? 0 : 1));
    expect(probes).toBe(0);
  });

  it('goes back at once when the short range sees more, as with a face close up', () => {
    const policy = new DetectorSwitching();
    expect(play(policy, 0, 60, both(0, 1)).last).toBe('full');
    const back = play(policy, 2000, 30, both(1, 0));
    expect(back.last).toBe('short');
  });

  it('goes back on a tie only after several looks', () => {
    const policy = new DetectorSwitching();
    play(policy, 0, 60, both(0, 1));
    const { served } = play(policy, 2000, 300, both(1, 1));
    const back = served.indexOf('short');
    expect(back).toBeGreaterThan(120);
    expect(back).toBeLessThan(210);
    expect(served.at(-1)).toBe('short');
  });

  it('looks on when the other network could not be run', () => {
    const policy = new DetectorSwitching();
    for (let i = 0; i < 60; i++) {
      policy.plan(i * 33);
      policy.report(i * 33, 0, null);
    }
    expect(policy.plan(2000)).toEqual({ serve: 'short', probe: true });
  });

  it('survives a clock that starts again', () => {
    const policy = new DetectorSwitching();
    play(policy, 1e6, 30, both(1, 1));
    expect(play(policy, 0, 60, both(0, 1)).last).toBe('full');
  });

  it('looks hastily, but not at every frame, at an empty room', () => {
    const { probes, served } = play(new DetectorSwitching(), 0, 300, both(0, 0));
    expect(served).not.toContain('full');
    expect(probes).toBeGreaterThan(15);
    expect(probes).toBeLessThanOrEqual(25);
  });
});
