import { expect, it } from 'vitest';
import { accountFixture } from './reading-fixture';
import { spanOf } from './session-info';

it.each<[what: string, partMs: readonly [number, number] | null, durationMs: number, newestMs: number | null, span: readonly [number, number]]>([
  ['a whole video', [0, 60_000], 60_000, 59_960, [0, 60_000]],
  ['a clock that begins below 0', [-1500, 3000], 4500, 2960, [-1500, 3000]],
  ['a clock that also ends below 0', [-1500, -500], 1000, -540, [-1500, -500]],
  ['a later part, with the times of its file', [30_000, 60_000], 30_000, 59_960, [0, 60_000]],
  ['a stopped reading of a later part', [30_000, 60_000], 5000, 35_000, [0, 35_000]],
  ['a reading without an account', null, 0, 900, [0, 900]],
  ['nothing', null, 0, null, [0, 1]],
])('spans %s', (_what, partMs, durationMs, newestMs, [fromMs, toMs]) => {
  expect(spanOf({ durationMs, reading: partMs && accountFixture({ partMs }) }, newestMs)).toEqual({ fromMs, toMs });
});
