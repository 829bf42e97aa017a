import { expect, it } from 'vitest';
import { FileWindow } from './file-window';
import { changesIn, withOneDescription, withParameters } from './sample-descriptions';

const letters = (text: string) => text.split('').map((letter) => letter.charCodeAt(0));
const bytesOf = (numbers: readonly number[]) => numbers.flatMap((number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255));
const box = (type: string, ...content: readonly (readonly number[])[]) => [...bytesOf([8 + content.flat().length]), ...letters(type), ...content.flat()];

/** An H.264 sample description with parameters of one byte each. */
const description = (sequence: number, picture: number) =>
  box('avc1', Array.from({ length: 78 }, () => 0), box('avcC', [1, 66, 0, 30, 0xff, 0xe1, 0, 1, sequence, 1, 0, 1, picture]));

/** The same for H.265, with two lists: one of one unit and one of two. */
const descriptionOf265 = (video: number, picture: number) =>
  box('hvc1', Array.from({ length: 78 }, () => 0), box('hvcC', [1, ...Array.from({ length: 20 }, () => 0), 0xff, 2, 0xa0, 0, 1, 0, 1, video, 0xa2, 0, 2, 0, 1, picture, 0, 1, picture]));

/** @param order first chunk, samples per chunk, and sample description, of every run of chunks. */
function moov(descriptions: readonly (readonly number[])[], order: readonly number[], frames = 0, usual?: number): Uint8Array<ArrayBuffer> {
  const table = box('stbl', box('stsd', bytesOf([0, descriptions.length]), ...descriptions), box('stsc', bytesOf([0, order.length / 3, ...order])), box('stsz', bytesOf([0, 1, frames])));
  const fragments = usual === undefined ? [] : box('mvex', box('trex', bytesOf([0, 3, 9])), box('trex', bytesOf([0, 7, usual])));
  return Uint8Array.from(box('moov', box('trak', box('tkhd', bytesOf([0, 0, 0, 7])), box('mdia', box('minf', table))), fragments));
}

/** A fragment with a frame of another track and frames of this one, optionally with a sample description. */
function fragment(frames: readonly number[], description: number | null, hasPlace = false): readonly number[] {
  const flags = (hasPlace ? 1 : 0) + (description === null ? 0 : 2);
  const header = box('tfhd', bytesOf([flags, 7, ...(hasPlace ? [0, 0] : []), ...(description === null ? [] : [description])]));
  return box('moof', box('traf', box('tfhd', bytesOf([2, 3, 9])), box('trun', bytesOf([0, 1]))), box('traf', header, ...frames.map((count) => box('trun', bytesOf([0, count])))));
}

/** Parameter changes of track 7: position, and parameters. */
async function changesOf(whole: Uint8Array<ArrayBuffer>, ...fragments: readonly (readonly number[])[]) {
  const one = withOneDescription(whole);
  const file = new Blob([whole, ...fragments.map((each) => Uint8Array.from(each))]);
  return one && ((await changesIn(one, new FileWindow(file))).get(7) ?? null);
}

it('returns the positions from which parameters apply', async () => {
  const whole = moov([description(10, 20), description(11, 21)], [1, 4, 1, 3, 4, 2, 4, 2, 1]);
  const changes = (await changesOf(whole)) ?? [];
  expect(changes.map(({ from, units }) => [from, ...units])).toEqual([
    [0, 0, 0, 0, 1, 10, 0, 0, 0, 1, 20],
    [8, 0, 0, 0, 1, 11, 0, 0, 0, 1, 21],
    [12, 0, 0, 0, 1, 10, 0, 0, 0, 1, 20],
  ]);
  expect([...withParameters(Uint8Array.of(99), changes, 9)]).toEqual([0, 0, 0, 1, 11, 0, 0, 0, 1, 21, 99]);
  expect(withOneDescription(withOneDescription(whole)?.moov ?? new Uint8Array())).toBeNull();
});

it('supports H.265', async () => {
  const changes = await changesOf(moov([descriptionOf265(10, 20), descriptionOf265(11, 21)], [1, 4, 1, 3, 4, 2]));
  expect(changes?.map(({ from, units }) => [from, ...units])).toEqual([
    [0, 0, 0, 0, 1, 10, 0, 0, 0, 1, 20, 0, 0, 0, 1, 20],
    [8, 0, 0, 0, 1, 11, 0, 0, 0, 1, 21, 0, 0, 0, 1, 21],
  ]);
});

it('follows fragments after the sample table, which name their sample description or use the default', async () => {
  const table = moov([description(10, 20), description(11, 21)], [1, 4, 1], 4, 2);
  const changes = await changesOf(table, fragment([3, 2], null), fragment([6], 2), fragment([1], 1, true), fragment([1], 2, true));
  expect(changes?.map(({ from, units }) => [from, units[4]])).toEqual([[0, 10], [4, 11], [15, 10], [16, 11]]);
  const fragmentsAlone = moov([description(10, 20), description(11, 21)], [], 0, 1);
  expect((await changesOf(fragmentsAlone, fragment([3], 2)))?.map(({ from, units }) => [from, units[4]])).toEqual([[0, 11]]);
});

it('leaves a file with one sample description unchanged, and ignores truncated tables', async () => {
  expect(withOneDescription(moov([description(10, 20)], [1, 4, 1]))).toBeNull();
  expect(await changesOf(moov([description(10, 20), description(11, 21)], [1, 4, 9]))).toEqual([]);
  expect(await changesOf(moov([[], []], [1, 4]))).toEqual([]);
});
