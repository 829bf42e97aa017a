import { expect, it } from 'vitest';
import { shownParts } from './edit-list';

function box(type: string, content: readonly number[]): number[] {
  const length = content.length + 8;
  return [0, 0, length >> 8, length & 255, ...new TextEncoder().encode(type), ...content];
}
const number = (value: number) => [value >> 24, value >> 16, value >> 8, value].map((byte) => byte & 255);
const zeros = (count: number) => new Array<number>(count).fill(0);

type Edit = readonly [length: number, from: number, rate: number];

/** A film of 1000 units a second with one track, number 7, of 2000. */
function moov(edits: readonly Edit[], isLong = false) {
  const wide = (value: number) => [...(isLong ? number(value < 0 ? -1 : 0) : []), ...number(value)];
  const list = edits.flatMap(([length, from, rate]) => [...wide(length), ...wide(from), 0, rate, 0, 0]);
  const track = [...box('tkhd', [0, 0, 0, 0, ...zeros(8), ...number(7), ...zeros(60)]), ...box('mdia', box('mdhd', [0, 0, 0, 0, ...zeros(8), ...number(2000), ...zeros(8)])), ...box('edts', box('elst', [isLong ? 1 : 0, 0, 0, 0, ...number(edits.length), ...list]))];
  return Uint8Array.from(box('moov', [...box('mvhd', [0, 0, 0, 0, ...zeros(8), ...number(1000), ...zeros(84)]), ...box('trak', track)]));
}

it.each([
  ['a track that was trimmed', [[800, 600, 1]], 800, null],
  ['one that begins later', [[1000, -1, 1], [2000, 0, 1]], 3000, null],
  ['one that goes on to its end', [[0, 1024, 1]], null, null],
  ['one with a piece cut out of its middle', [[500, 0, 1], [500, 3000, 1]], null, 500],
  ['one of two pieces in the other order', [[500, 3000, 1], [500, 0, 1]], null, 500],
  ['one with a gap', [[500, 0, 1], [200, -1, 1], [500, 1000, 1]], null, 700],
  ['one of pieces that go on where the one before ends', [[500, 200, 1], [400, 1200, 1], [100, -1, 1]], 900, null],
  ['one that stands still', [[800, 600, 0]], null, 0],
  ['one that is played fast at last', [[500, 0, 1], [500, 1000, 2]], null, 500],
  ['one without edits', [], null, null],
] as const)('%s', (_case, edits, untilMs, editedAtMs) => {
  for (const isLong of [false, true]) expect(shownParts(moov(edits, isLong)).get(7)).toEqual({ untilMs, editedAtMs });
});

it('knows nothing from a list that breaks off', () => {
  const bytes = moov([[1000, -1, 1]]);
  // More edits than there are.
  const at = new TextDecoder('latin1').decode(bytes).indexOf('elst') + 8;
  bytes[at + 3] = 9;
  expect(shownParts(bytes).size).toBe(0);
});
