import { expect, it } from 'vitest';
import { boxAt, viewOf } from './iso-boxes';
import { mendSampleCounts } from './sample-counts';

const numbers = (...given: readonly number[]) => given.flatMap((each) => [each >>> 24, (each >>> 16) & 255, (each >>> 8) & 255, each & 255]);
const box = (type: string, content: readonly number[]) => [...numbers(content.length + 8), ...new TextEncoder().encode(type), ...content];

interface Given {
  readonly durations?: readonly (readonly [count: number, ticks: number])[];
  readonly durationRuns?: number;
  readonly sizes?: number;
  readonly chunks?: number;
  /** Frames in each of two chunks. */
  readonly perChunk?: number;
}

/** Six frames in two chunks, unless given otherwise. */
function mend({ durations = [[4, 40], [2, 50]], durationRuns = durations.length, sizes = 6, chunks = 2, perChunk = 3 }: Given) {
  const tables = [
    box('stts', numbers(0, durationRuns, ...durations.flat())),
    box('stsz', numbers(0, 0, sizes, 1, 2, 3, 4, 5, 6)),
    box('stsc', numbers(0, 1, 1, perChunk, 1)),
    box('stco', numbers(0, chunks, 100, 200)),
  ];
  const moov = Uint8Array.from(box('moov', box('trak', box('mdia', box('minf', box('stbl', tables.flat()))))));
  const result = mendSampleCounts(moov);
  const table = (type: string) => viewOf(boxAt(moov, ['trak', 'mdia', 'minf', 'stbl', type]) ?? new Uint8Array());
  const runs = Array.from({ length: table('stts').getUint32(12) }, (_, i) => [table('stts').getUint32(16 + 8 * i), table('stts').getUint32(20 + 8 * i)]);
  return { ...result, runs, sizes: table('stsz').getUint32(16), chunks: table('stco').getUint32(12) };
}

const USUAL = { runs: [[4, 40], [2, 50]], sizes: 6, chunks: 2, lacksFrames: false };

it.each([
  ['keeps counts that agree', {}, { ...USUAL, mended: false }],
  ['gives frames without a duration the last one', { durations: [[2, 40], [1, 50]] }, { ...USUAL, runs: [[2, 40], [4, 50]], mended: true }],
  ['drops durations of frames that do not exist', { durations: [[4, 40], [9, 50], [9, 60]] }, { ...USUAL, mended: true }],
  ['lowers counts that exceed their tables', { durationRuns: 99, sizes: 99, chunks: 0xfffffff0 }, { ...USUAL, mended: true }],
  ['reports frames whose sizes are missing', { sizes: 3 }, { ...USUAL, runs: [[3, 40]], sizes: 3, mended: true, lacksFrames: true }],
  ['reports none where only the durations say so', { sizes: 4, perChunk: 2 }, { ...USUAL, runs: [[4, 40]], sizes: 4, mended: true }],
] as const)('%s', (_case, given, expected) => expect(mend(given)).toEqual(expected));
