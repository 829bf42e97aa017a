import { round } from './face-record';

/** Milliseconds as seconds, to a millisecond. */
export function seconds(ms: number): number {
  return round(ms / 1000, 3);
}

/** Rounds to the milliseconds that `seconds` writes. */
export function wholeMs(ms: number): number {
  return Math.round(seconds(ms) * 1000);
}
