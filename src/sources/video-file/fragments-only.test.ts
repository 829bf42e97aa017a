import { expect, it } from 'vitest';
import { fragmentsOnly } from './fragments-only';

const letters = (text: string) => text.split('').map((letter) => letter.charCodeAt(0));
const bytesOf = (numbers: readonly number[]) => numbers.flatMap((number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255));
const box = (type: string, ...content: readonly (readonly number[])[]) => [...bytesOf([8 + content.flat().length]), ...letters(type), ...content.flat()];

/** @param samples sizes of samples, and the number of entries stated by the other table. */
function moov(samples: readonly number[], times: number, ...others: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const tables = box('stbl', box('stts', bytesOf([0, times, samples.length, 40])), box('stsz', bytesOf([0, 0, samples.length, ...samples])));
  return Uint8Array.from(box('moov', box('trak', box('mdia', box('minf', tables))), ...others));
}

it('empties the sample tables in place', () => {
  const whole = moov([7, 8], 1, box('mvex'));
  const expected = whole.slice();
  const places = [...whole.keys()].filter((at) => ['stts', 'stsz'].includes(String.fromCharCode(...whole.subarray(at, at + 4))));
  expected[places[0] ? places[0] + 11 : 0] = 0;
  expected[places[1] ? places[1] + 15 : 0] = 0;
  expect(fragmentsOnly(whole)).toEqual(expected);
});

it('leaves a file unchanged that announces no fragments, or has no samples in its table', () => {
  expect(fragmentsOnly(moov([7, 8], 1))).toBeNull();
  expect(fragmentsOnly(moov([], 0, box('mvex')))).toBeNull();
});
