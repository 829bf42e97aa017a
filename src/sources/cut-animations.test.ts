import { expect, it } from 'vitest';
import { filledAvif, heldByGif } from './cut-animations';

/** Three pictures: without a colour table, with one, and after a delay. */
const GIF = [
  [...new TextEncoder().encode('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 9, 9, 9],
  [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0],
  [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0x80, 0, 0, 0, 9, 9, 9, 2, 1, 5, 1, 5, 0],
  [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0],
].map((part) => Uint8Array.from(part));
const gif = (...more: readonly number[]) => Uint8Array.from([...GIF.flatMap((part) => [...part]), ...more]);

it('counts the complete pictures of a GIF', () => {
  expect(heldByGif(gif(0x3b))).toEqual({ pictures: 3, isCut: false });
  // Bytes that are not a block end it too.
  expect(heldByGif(gif(0, 0))).toEqual({ pictures: 3, isCut: false });
  const ends = GIF.map((_, i) => GIF.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0));
  for (let length = 13; length <= gif().length; length++) {
    const pictures = ends.slice(1).filter((end) => end <= length).length;
    // Where a picture ends, nothing but the trailer may be missing.
    expect(heldByGif(gif().subarray(0, length)), `${length} bytes`).toEqual({ pictures, isCut: !ends.slice(1).includes(length) });
  }
});

const numbers = (...given: readonly number[]) => given.flatMap((each) => [24, 16, 8, 0].map((shift) => (each >>> shift) & 255));
const box = (type: string, ...parts: readonly (readonly number[])[]) => [...numbers(8 + parts.flat().length), ...new TextEncoder().encode(type), ...parts.flat()];

/** Two chunks of two pictures and one, of 10, 20 and 30 bytes. */
const moov = (places: readonly number[]) => box('moov', box('trak', box('mdia', box('minf', box('stbl', box('stsc', numbers(0, 2, 1, 2, 1, 2, 1, 1)), box('stsz', numbers(0, 0, 3, 10, 20, 30)), places)))));
const avifOf = (table: readonly number[]) => Uint8Array.from([...box('free', Array.from({ length: 192 - table.length }, () => 0)), ...table, ...box('mdat', Array.from({ length: 60 }, () => 7))]);
const NEAR = moov(box('stco', numbers(0, 2, 208, 238)));
const avif = avifOf(NEAR);

it('extends a truncated AVIF to its stated length, and counts the complete pictures', () => {
  expect(avif.length).toBe(268);
  expect(filledAvif(avif)).toBeNull();
  for (const [length, pictures] of [[267, 2], [238, 2], [237, 1], [218, 1], [217, 0]] as const) {
    const filled = filledAvif(avif.slice(0, length));
    expect([filled?.bytes.length, filled?.pictures, filled?.isCut], `${length} bytes`).toEqual([268, pictures, true]);
    expect(filled?.bytes.subarray(0, length)).toEqual(avif.subarray(0, length));
  }
  const far = avifOf(moov(box('co64', numbers(0, 2, 0, 208, 0, 238))));
  expect(filledAvif(far.slice(0, 238))).toMatchObject({ pictures: 2, isCut: true });
  // Without its table.
  expect(filledAvif(avif.slice(0, 190))).toBeNull();
});

it('extends an AVIF with a damaged length to the end of its last picture', () => {
  const damaged = avif.slice(0, 230);
  damaged.set(numbers(1 << 20), 200);
  const filled = filledAvif(damaged);
  expect([filled?.bytes.length, filled?.pictures]).toEqual([268, 1]);
  expect([...(filled?.bytes.subarray(200, 208) ?? [])]).toEqual([...numbers(68), ...new TextEncoder().encode('mdat')]);
});
