import { describe, expect, it } from 'vitest';
import { unitsOf } from './annex-b';
import { BitReader, BitWriter, unitOf } from './h264-bits';
import { H264Entries } from './h264-entry';
import { readPictureParameters, readSequence, readSliceHeader } from './h264-headers';

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

/** One digit for the type of each unit, a space between frames. */
const typesIn = (entry: readonly Uint8Array[] | null, description: Uint8Array | null) =>
  entry?.map((frame) => [...unitsOf(frame, description)].map((unit) => (unit[0] ?? 0) & 0x1f).join('')).join(' ') ?? null;

const SEQUENCE_READ = readSequence(Uint8Array.from(SEQUENCE));
const headerOf = (unit: readonly number[] | Uint8Array) => {
  const picture = readPictureParameters(Uint8Array.from(PICTURES));
  if (!SEQUENCE_READ || !picture) throw new Error('parameters not read');
  return readSliceHeader(Uint8Array.from(unit), SEQUENCE_READ, new Map([[picture.id, picture]]));
};

/** Sequence parameters, baseline profile, order of display as counted, with these numbers. */
function sequenceOf({ id = 0, numberBits = 4, orderBits = 4, references = 1, width = 10, height = 1 }) {
  const bits = new BitWriter();
  bits.write(66, 8);
  bits.write(10, 16);
  for (const number of [id, numberBits - 4, 0, orderBits - 4, references]) bits.unsigned(number);
  bits.write(0, 1);
  bits.unsigned(width - 1);
  bits.unsigned(height - 1);
  bits.write(0b1000, 4);
  return unitOf(0x67, bits);
}

describe('readSequence', () => {
  it('reads what a stream may have at most', () => {
    expect(readSequence(sequenceOf({ id: 31, numberBits: 16, orderBits: 16, references: 16, width: 512, height: 272 }))).toMatchObject({ id: 31, frameNumberBits: 16, orderBits: 16, references: 16, macroblocks: 139_264 });
  });

  it.each([{ id: 32 }, { numberBits: 17 }, { numberBits: 2 ** 32 }, { orderBits: 17 }, { references: 17 }, { width: 513, height: 272 }, { width: 2 ** 32, height: 2 ** 32 }])('reads nothing from a stream with %o', (numbers) =>
    expect(readSequence(sequenceOf(numbers))).toBeNull());
});

describe('readSliceHeader', () => {
  it.each([
    ['an intra frame', INTRA, { isIntra: true, frameNumber: 10, order: 20, dropped: [] }],
    ['a predicted one that drops three', PREDICTED, { isIntra: false, frameNumber: 11, order: 22, dropped: [7, 8, 9] }],
  ])('reads %s', (_case, unit, expected) => expect(headerOf(unit)).toEqual(expected));
});

describe('H264Entries', () => {
  it('puts parameters and a gray IDR frame before a recovery point, behind start codes or lengths as the stream has them', () => {
    const plain = new H264Entries(undefined).entryFor(behindCodes(SEQUENCE, PICTURES, RECOVERS, INTRA), null);
    expect(typesIn(plain, null)).toBe('785');
    const framed = new H264Entries(DESCRIPTION).entryFor(behindLengths(RECOVERS, INTRA), null);
    expect(typesIn(framed, DESCRIPTION)).toBe('785');
  });

  it('adds those frames that the next one drops, each shown before the first', () => {
    const entry = new H264Entries(DESCRIPTION).entryFor(behindLengths(RECOVERS, INTRA), behindLengths(PREDICTED));
    expect(typesIn(entry, DESCRIPTION)).toBe('785 1 1 1');
    const gray = entry?.slice(1).map((frame) => headerOf([...unitsOf(frame, DESCRIPTION)][0] ?? []));
    expect(gray?.map(({ frameNumber, order }) => [frameNumber, order])).toEqual([[7, 17], [8, 18], [9, 19]]);
  });

  it.each([
    ['an IDR frame', [[0x65, 0x88, 0x84]]],
    ['a predicted frame', [PREDICTED]],
    ['a frame that is complete only some frames later', [RECOVERS_LATER, INTRA]],
    ['nothing', []],
  ])('has none for %s', (_case, units) => expect(new H264Entries(DESCRIPTION).entryFor(behindLengths(...units), null)).toBeNull());

  it('has none where the stream’s parameters are not known', () => expect(new H264Entries(undefined).entryFor(behindCodes(RECOVERS, INTRA), null)).toBeNull());
});

describe('BitReader', () => {
  it('passes over bytes that keep start codes out, and gives zeros behind the end', () => {
    const bits = new BitReader(Uint8Array.of(0x67, 0, 0, 3, 1), 1);
    expect([bits.read(24), bits.read(8), bits.left < 0]).toEqual([1, 0, true]);
  });
});
