/** Number of intervals to sample. */
const SAMPLE = 500;
const FALLBACK_MS = 1000;

/**
 * Usual time between two frames, ms: the median, which is robust against pauses and late frames.
 *
 * @param timesMs times of the analysed frames, in order; without the left-out rows that a pause adds every second.
 */
export function usualIntervalMs(timesMs: Iterable<number>): number {
  const gaps: number[] = [];
  let beforeMs: number | null = null;
  for (const timestampMs of timesMs) {
    if (beforeMs !== null && timestampMs > beforeMs) gaps.push(timestampMs - beforeMs);
    beforeMs = timestampMs;
    if (gaps.length === SAMPLE) break;
  }
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? FALLBACK_MS;
}
