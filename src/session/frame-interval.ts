/** As many frames are looked at: enough to be sure. */
const SAMPLE = 500;
const FALLBACK_MS = 1000;

/**
 * The usual time between two frames, ms: their median, which pauses and late frames do not change.
 *
 * @param timesMs of the frames that were read, in order: a pause has a row a second, of frames that were not.
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
