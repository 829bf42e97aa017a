import { describe, expect, it } from 'vitest';
import { unitsOf } from './annex-b';
import { BitReader, BitWriter, unitOf } from './h264-bits';
import { H264Entries } from './h264-entry';
import { readPictureParameters, readSequence, readSliceHeader } from './h264-headers';

const bytes = (hex: string) => Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
/** x264's parameters for 160×16 in open groups: high profile, display order in 6 bits. */
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

const headerOf = (unit: readonly number[] | Uint8Array) => {
  const [sequence, picture] = [readSequence(Uint8Array.from(SEQUENCE)), readPictureParameters(Uint8Array.from(PICTURES))];
  if (!sequence || !picture) throw new Error('parameters not read');
  return readSliceHeader(Uint8Array.from(unit), { sequences: new Map([[sequence.id, sequence]]), pictures: new Map([picture.id, 255].map((id) => [id, picture])) });
};

/** Sequence parameters, baseline profile, explicit display order, with these numbers. */
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
  it('reads the maximum values of a stream', () => {
    expect(readSequence(sequenceOf({ id: 31, numberBits: 16, orderBits: 16, references: 16, width: 512, height: 272 }))).toMatchObject({ id: 31, frameNumberBits: 16, orderBits: 16, references: 16, macroblocks: 139_264 });
  });

  it.each([{ id: 32 }, { numberBits: 17 }, { numberBits: 2 ** 32 }, { orderBits: 17 }, { references: 17 }, { width: 513, height: 272 }, { width: 2 ** 32, height: 2 ** 32 }])('rejects a stream with %o', (numbers) =>
    expect(readSequence(sequenceOf(numbers))).toBeNull());
});

describe('readSliceHeader', () => {
  it.each([
    ['an intra frame', INTRA, { isIntra: true, isAllIntra: true, frameNumber: 10, order: 20, dropped: [] }],
    ['a predicted one that drops three', PREDICTED, { isIntra: false, isAllIntra: false, frameNumber: 11, order: 22, dropped: [7, 8, 9] }],
  ])('reads %s', (_case, unit, expected) => expect(headerOf(unit)).toMatchObject(expected));
});

describe('H264Entries', () => {
  it('puts parameters and a gray IDR frame before a recovery point, in the stream\'s unit format', () => {
    const plain = new H264Entries(undefined).entryFor(behindCodes(SEQUENCE, PICTURES, RECOVERS, INTRA), []);
    expect(typesIn(plain, null)).toBe('785');
    const framed = new H264Entries(DESCRIPTION).entryFor(behindLengths(RECOVERS, INTRA), []);
    expect(typesIn(framed, DESCRIPTION)).toBe('785');
  });

  it('adds frames for those that the next one drops, each displayed before the first', () => {
    const entry = new H264Entries(DESCRIPTION).entryFor(behindLengths(RECOVERS, INTRA), [behindLengths(PREDICTED)]);
    expect(typesIn(entry, DESCRIPTION)).toBe('785 1 1 1');
    const gray = entry?.slice(1).map((frame) => headerOf([...unitsOf(frame, DESCRIPTION)][0] ?? []));
    expect(gray?.map((header) => [header?.frameNumber, header?.order])).toEqual([[7, 17], [8, 18], [9, 19]]);
  });

  it.each([
    ['an IDR frame', [[0x65, 0x88, 0x84]]],
    ['a predicted frame', [PREDICTED]],
    ['a frame that is complete only some frames later', [RECOVERS_LATER, INTRA]],
    ['nothing', []],
  ])('has none for %s', (_case, units) => expect(new H264Entries(DESCRIPTION).entryFor(behindLengths(...units), [])).toBeNull());

  it('starts at a predicted frame completed by later ones, once these are known to be there', () => {
    const entries = new H264Entries(DESCRIPTION);
    const unit = behindLengths(RECOVERS_LATER, PREDICTED);
    expect(entries.entryFor(unit, [])).toBeNull();
    expect(typesIn(entries.entryFor(unit, [], true), DESCRIPTION)).toMatch(/^785( 1)+$/);
  });

  it('makes no more frames than there are orders before the first', () => {
    const picture = new BitWriter();
    for (const number of [0, 5]) picture.unsigned(number);
    picture.write(0, 2);
    for (let i = 0; i < 3; i++) picture.unsigned(0);
    picture.write(0, 3);
    for (let i = 0; i < 3; i++) picture.unsigned(0);
    picture.write(0, 3);
    /** A frame that drops an earlier one, `back` frames before. */
    const dropping = (back: number) => {
      const slice = new BitWriter();
      for (const number of [0, 7, 0]) slice.unsigned(number);
      slice.write(12, 4);
      slice.write(2, 4);
      slice.write(1, 1);
      for (const number of [1, back - 1, 0]) slice.unsigned(number);
      return [...unitOf(0x41, slice)];
    };
    const streamOf = (back: number) => behindCodes([...sequenceOf({ id: 5 })], [...unitOf(0x68, picture)], dropping(back));
    const counts = [3, 4, 5, 7, 11].map((back) => new H264Entries(undefined).entryFor(streamOf(back), [])?.length);
    expect(counts).toEqual([4, 5, 1, 1, 1]);
  });

  it('reads a frame with the parameters that it refers to, whatever else the stream contains', () => {
    const entries = new H264Entries(DESCRIPTION);
    const before = entries.entryFor(behindLengths(RECOVERS, INTRA), [behindLengths(PREDICTED)]);
    entries.look(behindLengths([...sequenceOf({ id: 1, numberBits: 16, orderBits: 12 })]));
    expect(entries.entryFor(behindLengths(RECOVERS, INTRA), [behindLengths(PREDICTED)])).toEqual(before);
  });

  it('returns null if the stream’s parameters are unknown', () => expect(new H264Entries(undefined).entryFor(behindCodes(RECOVERS, INTRA), [])).toBeNull());
});

describe('a random access point that no container lists', () => {
  /** Slice of a type, with nothing after its header. */
  const slice = (type: number) => {
    const bits = new BitWriter();
    for (const number of [0, type, 0]) bits.unsigned(number);
    bits.write(0, 32);
    return [...unitOf(0x41, bits)];
  };

  it.each([
    ['an IDR frame', [[0x65, 0x88, 0x84]], 'whole'],
    ['a recovery point that begins with an intra slice', [RECOVERS, slice(2), slice(0)], 'whole'],
    ['a frame of intra slices only', [slice(2), slice(2)], 'whole'],
    ['a frame that says so of all its slices', [slice(7)], 'whole'],
    ['a frame whose first slice happens to be intra', [slice(2), slice(0)], null],
    ['a recovery point that is complete only later', [RECOVERS_LATER, slice(2)], 'renewal'],
    ['one whose slice is predicted', [RECOVERS_LATER, PREDICTED], 'renewal'],
    ['a predicted frame', [PREDICTED], null],
    ['nothing', [], null],
  ])('%s', (_case, units, expected) => expect(new H264Entries(DESCRIPTION).look(behindLengths(...units)).start).toBe(expected));

  it('in a refresh has the number of the first correct frame, with wraparound', () =>
    expect(new H264Entries(DESCRIPTION).look(behindLengths(RECOVERS_LATER, PREDICTED))).toEqual({ start: 'renewal', rightAt: (11 + 9) % 16, number: 11, isPredicted: true }));
});

describe('BitReader', () => {
  it('skips emulation prevention bytes, and returns zeros past the end', () => {
    const bits = new BitReader(Uint8Array.of(0x67, 0, 0, 3, 1), 1);
    expect([bits.read(24), bits.read(8), bits.left < 0]).toEqual([1, 0, true]);
  });
});
