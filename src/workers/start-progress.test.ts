import { expect, it } from 'vitest';
import { EXPECTED_BYTES } from '../engine/expected-bytes';
import type { LoadProgress } from '../engine/types';
import { StartProgress } from './start-progress';

it('sums the downloads of all threads, and ends at the total', () => {
  const heard: LoadProgress[] = [];
  const progress = new StartProgress((told) => heard.push(told));
  const { binary, detector, classifier } = EXPECTED_BYTES;
  progress.of('binary')(2_000_000, false);
  progress.of('classifier')(1_000_000, false);
  progress.of('detector')(200_000, true);
  progress.of('binary')(3_300_000, true);
  progress.of('classifier')(1_700_000, true);
  expect(heard).toEqual([
    { loadedBytes: 2_000_000, totalBytes: binary + detector + classifier, step: 'detector' },
    { loadedBytes: 3_000_000, totalBytes: binary + detector + classifier, step: 'detector' },
    // The larger part is still loading.
    { loadedBytes: 3_200_000, totalBytes: binary + 200_000 + classifier, step: 'detector' },
    { loadedBytes: 4_500_000, totalBytes: 3_500_000 + classifier, step: 'classifier' },
    { loadedBytes: 5_200_000, totalBytes: 5_200_000, step: 'warm-up' },
  ]);
});
