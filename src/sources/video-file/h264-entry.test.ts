import { describe, expect, it } from 'vitest';
import { unitsOf } from './annex-b';
import { BitReader } from './h264-bits';
import { H264Entries } from './h264-entry';

const bytes = (hex: string) => Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
/** What x264 writes for 160×16 in open groups: high profile, order of display in 6 bits. */
const SEQUENCE = bytes('6764000aacd942ba1000000300100000030140f1225960');
const PICTURES = bytes('68eba1b2c8b0');
/** A recovery point of 0 frames; one of 9. */
const RECOVERS = bytes('060601c480');
const RECOVERS_LATER = bytes('06060114c080');
/** All slices intra: type 7; predicted: type 5. */
const INTRA = bytes('4188d280fffef7addf');
const PREDICTED = bytes('419b6b7c9444d2c37f');

const behindCodes = (...units: readonly number[][]) => Uint8Array.from(units.flatMap((unit) => [0, 0, 0, 1, ...unit]));
const behindLengths = (...units: readonly number[][]) => Uint8Array.from(units.flatMap((unit) => [0, 0, 0, unit.length, ...unit]));
/** A configuration record with these parameters. */
const DESCRIPTION = Uint8Array.from([1, 0x64, 0, 0x0a, 0xff, 0xe1, 0, SEQUENCE.length, ...SEQUENCE, 1, 0, PICTURES.length, ...PICTURES]);

const typesIn = (entry: Uint8Array | null, description: Uint8Array | null) => entry && [...unitsOf(entry, description)].map((unit) => (unit[0] ?? 0) & 0x1f);

describe('H264Entries', () => {
  it('puts parameters and a gray IDR frame before a recovery point, behind start codes or lengths as the stream has them', () => {
    const plain = new H264Entries(undefined).entryFor(behindCodes(SEQUENCE, PICTURES, RECOVERS, INTRA));
    expect(typesIn(plain, null)).toEqual([7, 8, 5]);
    const framed = new H264Entries(DESCRIPTION).entryFor(behindLengths(RECOVERS, INTRA));
    expect(typesIn(framed, DESCRIPTION)).toEqual([7, 8, 5]);
  });

  it('gives that frame a place in the order of display before the first, with room for those that are missing', () => {
    const entry = new H264Entries(DESCRIPTION).entryFor(behindLengths(INTRA));
    const [, , gray] = [...unitsOf(entry ?? new Uint8Array(), DESCRIPTION)];
    const order = (unit: Uint8Array, idr: boolean) => {
      const bits = new BitReader(unit, 1);
      for (let i = 0; i < 3; i++) bits.unsigned();
      bits.skip(4);
      if (idr) bits.unsigned();
      return bits.read(6);
    };
    const before = (order(Uint8Array.from(INTRA), false) - order(gray ?? new Uint8Array(), true) + 64) % 64;
    expect(before).toBeGreaterThanOrEqual(8);
    expect(before).toBeLessThan(32);
  });

  it.each([
    ['an IDR frame', [[0x65, 0x88, 0x84]]],
    ['a predicted frame', [PREDICTED]],
    ['a frame that is complete only some frames later', [RECOVERS_LATER, PREDICTED]],
    ['nothing', []],
  ])('has none for %s', (_case, units) => expect(new H264Entries(DESCRIPTION).entryFor(behindLengths(...units))).toBeNull());

  it('has none where the stream’s parameters are not known', () => expect(new H264Entries(undefined).entryFor(behindCodes(RECOVERS, INTRA))).toBeNull());
});

describe('BitReader', () => {
  it('passes over bytes that keep start codes out, and gives zeros behind the end', () => {
    const bits = new BitReader(Uint8Array.of(0x67, 0, 0, 3, 1), 1);
    expect([bits.read(24), bits.read(8), bits.left < 0]).toEqual([1, 0, true]);
  });
});
