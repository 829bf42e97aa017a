import { describe, expect, it } from 'vitest';
import { boxAt, viewOf } from './iso-boxes';
import { replaceNegativeDeltas } from './time-deltas';

const numbers = (...given: readonly number[]) => given.flatMap((each) => [each >>> 24, (each >>> 16) & 255, (each >>> 8) & 255, each & 255]);
const box = (type: string, content: readonly number[]) => [...numbers(content.length + 8), ...new TextEncoder().encode(type), ...content];

function deltasAfter(...runs: readonly (readonly [count: number, delta: number])[]) {
  const table = box('stts', numbers(0, runs.length, ...runs.flat()));
  const moov = Uint8Array.from(box('moov', box('trak', box('mdia', box('minf', box('stbl', table))))));
  const found = replaceNegativeDeltas(moov);
  const view = viewOf(boxAt(moov, ['trak', 'mdia', 'minf', 'stbl', 'stts']) ?? new Uint8Array());
  return { found, deltas: runs.map((_, i) => view.getUint32(20 + 8 * i)) };
}

describe('replaceNegativeDeltas', () => {
  it.each([
    ['keeps a table without any', [[10, 1024], [19, 0]], false, [1024, 0]],
    ['makes up for one in a single later delta', [[10, 1024], [1, 0xfffffff0], [1, 1024], [19, 1024]], true, [1024, 1, 1007, 1024]],
    ['makes up for one in several', [[1, 0xfffffc00], [1, 1000], [1, 1000]], true, [1, 1, 974]],
    ['changes no run of many for a small one', [[1, 0xfffffff0], [19, 1024]], true, [1, 1024]],
    ['keeps an ordinary pause', [[1, 0x7fffffff], [1, 1024]], false, [0x7fffffff, 1024]],
  ] as const)('%s', (_case, runs, found, deltas) => expect(deltasAfter(...runs)).toEqual({ found, deltas }));
});
