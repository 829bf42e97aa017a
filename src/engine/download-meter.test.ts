import { afterEach, expect, it, vi } from 'vitest';
import { DownloadMeter } from './download-meter';

afterEach(() => void vi.restoreAllMocks());

it('throttles reports of many chunks, and reports all bytes at the end', () => {
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const told: [number, boolean][] = [];
  const meter = new DownloadMeter((...progress) => told.push(progress));
  for (; nowMs < 250; nowMs += 10) meter.onBytes(1000);
  meter.onFetched();
  expect(told).toEqual([[1000, false], [11_000, false], [21_000, false], [25_000, true]]);
});
