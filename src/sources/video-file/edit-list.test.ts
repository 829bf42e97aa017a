import { expect, it } from 'vitest';
import { shownParts } from './edit-list';

function box(type: string, content: readonly number[]): number[] {
  const length = content.length + 8;
  return [0, 0, length >> 8, length & 255, ...new TextEncoder().encode(type), ...content];
}
const number = (value: number) => [value >> 24, value >> 16, value >> 8, value].map((byte) => byte & 255);
const zeros = (count: number) => new Array<number>(count).fill(0);

type Edit = readonly [length: number, from: number, rate: number];

/** A film of 1000 units per second with one track, number 7, of 2000. */
function moov(edits: readonly Edit[], isLong = false) {
  const wide = (value: number) => [...(isLong ? number(value < 0 ? -1 : 0) : []), ...number(value)];
  const list = edits.flatMap(([length, from, rate]) => [...wide(length), ...wide(from), 0, rate, 0, 0]);
  const track = [...box('tkhd', [0, 0, 0, 0, ...zeros(8), ...number(7), ...zeros(60)]), ...box('mdia', box('mdhd', [0, 0, 0, 0, ...zeros(8), ...number(2000), ...zeros(8)])), ...box('edts', box('elst', [isLong ? 1 : 0, 0, 0, 0, ...number(edits.length), ...list]))];
  return Uint8Array.from(box('moov', [...box('mvhd', [0, 0, 0, 0, ...zeros(8), ...number(1000), ...zeros(84)]), ...box('trak', track)]));
}

const piece = (fromMs: number, toMs: number, atMs: number) => ({ fromMs, toMs, atMs });

it.each([
  ['a track that was trimmed', [[800, 600, 1]], [piece(0, 800, 0)], null],
  ['one that begins later', [[1000, -1, 1], [2000, 0, 1]], [piece(1000, 3000, 1000)], null],
  ['one that begins later and was trimmed', [[500, -1, 1], [1000, 600, 1]], [piece(500, 1500, 500)], null],
  ['one that goes on to its end', [[0, 1024, 1]], [piece(0, Infinity, 0)], null],
  ['one with a piece cut out of its middle', [[500, 0, 1], [500, 3000, 1]], [piece(0, 500, 0), piece(1500, 2000, 500)], null],
  ['one of two pieces in the other order', [[500, 3000, 1], [500, 0, 1]], [piece(0, 500, 0), piece(-1500, -1000, 500)], null],
  ['one with a piece that comes twice', [[500, 0, 1], [500, 0, 1]], [piece(0, 500, 0), piece(0, 500, 500)], null],
  ['one with a gap', [[500, 0, 1], [200, -1, 1], [500, 1000, 1]], [piece(0, 500, 0), piece(500, 1000, 700)], null],
  ['one of pieces that go on where the one before ends', [[500, 200, 1], [400, 1202, 1], [100, -1, 1]], [piece(0, 901, 0)], null],
  ['one that stands still', [[800, 600, 0]], [piece(300, 1100, 0)], 0],
  ['one that is played fast at last', [[500, 0, 1], [500, 1000, 2]], [piece(0, 1000, 0)], 500],
  ['one that shows nothing', [[500, -1, 1]], [], null],
] as const)('%s', (_case, edits, pieces, otherSpeedAtMs) => {
  for (const isLong of [false, true]) expect(shownParts(moov(edits, isLong)).get(7)).toEqual({ pieces, otherSpeedAtMs });
});

it('ignores a list without edits', () => expect(shownParts(moov([])).size).toBe(0));

it('ignores a truncated list', () => {
  const bytes = moov([[1000, -1, 1]]);
  // More edits than there are.
  const at = new TextDecoder('latin1').decode(bytes).indexOf('elst') + 8;
  bytes[at + 3] = 9;
  expect(shownParts(bytes).size).toBe(0);
});
