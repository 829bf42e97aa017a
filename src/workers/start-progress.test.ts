import { expect, it } from 'vitest';
import { EXPECTED_BYTES } from '../engine/expected-bytes';
import type { LoadProgress } from '../engine/types';
import { StartProgress } from './start-progress';

it('adds up what both threads fetch, and ends at the whole', () => {
  const heard: LoadProgress[] = [];
  const progress = new StartProgress((told) => heard.push(told));
  const { binary, rest } = EXPECTED_BYTES;
  progress.onBinaryBytes(4_000_000);
  progress.onEngine({ loadedBytes: 1_000_000, totalBytes: rest, step: 'classifier' });
  progress.onBinaryBytes(7_000_000);
  progress.onBinary();
  progress.onEngine({ loadedBytes: 1_500_000, totalBytes: rest, step: 'classifier' });
  progress.onEngine({ loadedBytes: 1_900_000, totalBytes: 1_900_000, step: 'warm-up' });
  expect(heard).toEqual([
    { loadedBytes: 4_000_000, totalBytes: binary + rest, step: 'detector' },
    // The larger part is on its way still.
    { loadedBytes: 5_000_000, totalBytes: binary + rest, step: 'detector' },
    { loadedBytes: 12_500_000, totalBytes: 11_000_000 + rest, step: 'classifier' },
    { loadedBytes: 12_900_000, totalBytes: 12_900_000, step: 'warm-up' },
  ]);
});
