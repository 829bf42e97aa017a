import { expect, it } from 'vitest';
import { withOneDescription, withParameters } from './sample-descriptions';

const letters = (text: string) => text.split('').map((letter) => letter.charCodeAt(0));
const bytesOf = (numbers: readonly number[]) => numbers.flatMap((number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255));
const box = (type: string, ...content: readonly (readonly number[])[]) => [...bytesOf([8 + content.flat().length]), ...letters(type), ...content.flat()];

/** A description of H.264 with parameters of one byte each. */
const description = (sequence: number, picture: number) =>
  box('avc1', Array.from({ length: 78 }, () => 0), box('avcC', [1, 66, 0, 30, 0xff, 0xe1, 0, 1, sequence, 1, 0, 1, picture]));

/** @param order first chunk, samples in each, and description, of every run of chunks. */
function moov(descriptions: readonly (readonly number[])[], order: readonly number[]): Uint8Array<ArrayBuffer> {
  const table = box('stbl', box('stsd', bytesOf([0, descriptions.length]), ...descriptions), box('stsc', bytesOf([0, order.length / 3, ...order])));
  return Uint8Array.from(box('moov', box('trak', box('tkhd', bytesOf([0, 0, 0, 7])), box('mdia', box('minf', table)))));
}

it('tells from which frame on which parameters apply', () => {
  const one = withOneDescription(moov([description(10, 20), description(11, 21)], [1, 4, 1, 3, 4, 2, 4, 2, 1]));
  const changes = one?.changes.get(7) ?? [];
  expect(changes.map(({ from, units }) => [from, ...units])).toEqual([
    [0, 0, 0, 0, 1, 10, 0, 0, 0, 1, 20],
    [8, 0, 0, 0, 1, 11, 0, 0, 0, 1, 21],
    [12, 0, 0, 0, 1, 10, 0, 0, 0, 1, 20],
  ]);
  expect([...withParameters(Uint8Array.of(99), changes, 9)]).toEqual([0, 0, 0, 1, 11, 0, 0, 0, 1, 21, 99]);
  expect(withOneDescription(one?.moov ?? new Uint8Array())).toBeNull();
});

it('leaves a file with one description as it is, and knows nothing from tables that break off', () => {
  expect(withOneDescription(moov([description(10, 20)], [1, 4, 1]))).toBeNull();
  expect(withOneDescription(moov([description(10, 20), description(11, 21)], [1, 4, 9]))?.changes.get(7)).toEqual([]);
  expect(withOneDescription(moov([[], []], [1, 4]))?.changes.get(7)).toEqual([]);
});
