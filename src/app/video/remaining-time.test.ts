import { describe, expect, it } from 'vitest';
import { RemainingTime } from './remaining-time';
import { parseClock, parseSignedClock } from '../../words/parse-clock';

describe('RemainingTime', () => {
  it('gives no early estimate, then extrapolates the speed so far', () => {
    const remaining = new RemainingTime();
    remaining.add(0, 0);
    remaining.add(0.05, 500);
    expect(remaining.remainingMs).toBeNull();
    remaining.add(0.2, 2000);
    expect(remaining.remainingMs).toBeCloseTo(8000, 6);
  });

  it('uses the last ten seconds', () => {
    const remaining = new RemainingTime();
    for (let s = 0; s <= 20; s++) remaining.add(s * 0.01, s * 1000);
    for (let s = 1; s <= 12; s++) remaining.add(0.2 + s * 0.05, (20 + s) * 1000);
    expect(remaining.remainingMs).toBeCloseTo((0.2 / 0.05) * 1000, -1);
  });

  it('starts over after a pause, and gives no estimate without progress', () => {
    const remaining = new RemainingTime();
    remaining.add(0, 0);
    remaining.add(0.5, 5000);
    remaining.restart();
    expect(remaining.remainingMs).toBeNull();
    remaining.add(0.5, 60_000);
    remaining.add(0.5, 65_000);
    expect(remaining.remainingMs).toBeNull();
  });
});

it.each([
  ['75', 75_000],
  ['1:15', 75_000],
  [' 1:15.5 ', 75_500],
  ['1:15,5', 75_500],
  ['1:02:03', 3_723_000],
  ['90:00', 5_400_000],
  ['1:75', null],
  ['', null],
  ['-1', null],
  ['1:', null],
  ['1.5:10', null],
  ['soon', null],
])('reads %j as %j ms', (text, ms) => expect(parseClock(text)).toBe(ms));

it.each([
  ['1:15', 75_000],
  [' -0:01.5', -1500],
  ['−1:15,5', -75_500],
  ['−-1', null],
  ['--1', null],
  ['1:-5', null],
])('reads %j as %j ms on a clock that may begin below 0', (text, ms) => expect(parseSignedClock(text)).toBe(ms));
