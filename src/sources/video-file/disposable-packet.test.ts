import { expect, it } from 'vitest';
import { isDisposable } from './disposable-packet';

/** Units with length prefixes of four bytes. */
const framed = (...units: readonly (readonly number[])[]) => Uint8Array.from(units.flatMap((unit) => [0, 0, 0, unit.length, ...unit]));
const AVCC = Uint8Array.of(1, 0x42, 0, 0x1f, 0xff);
/** With this many temporal layers. */
const hvcc = (layers: number) => Uint8Array.from({ length: 23 }, (_, i) => (i === 21 ? (layers << 3) | 3 : 0));

it.each([
  ['a frame that none builds on', framed([6, 5, 1], [0x01, 9], [0x01, 8]), true],
  ['one that others build on', framed([0x41, 9]), false],
  ['an IDR frame', framed([0x65, 9]), false],
  ['one with parameters', framed([0x68, 9], [0x01, 9]), false],
  ['slices that disagree, as damaged ones may', framed([0x01, 9], [0x21, 8]), false],
  ['no slice', framed([6, 5, 1]), false],
  ['overwritten bytes', new Uint8Array(40).fill(0xff), false],
  ['zeros', new Uint8Array(40), false],
] as const)('H.264: %s', (_case, data, expected) => expect(isDisposable(data, { codec: 'avc1.42001f', description: AVCC })).toBe(expected));

it('H.264 after start codes', () => {
  const unit = (header: number) => Uint8Array.of(0, 0, 0, 1, 9, 0xf0, 0, 0, 1, header, 7, 7);
  expect([0x01, 0x41].map((header) => isDisposable(unit(header), { codec: 'avc1.42001f' }))).toEqual([true, false]);
});

/** A slice of a type, in a temporal layer, counted from 1. */
const slice = (type: number, layer = 1) => [type << 1, layer, 7];

it.each([
  ['a frame that none builds on', framed(slice(0), slice(0)), 1, true],
  ['one before a key frame that it follows', framed(slice(8)), 1, true],
  ['one that others build on', framed(slice(1)), 1, false],
  ['a key frame', framed(slice(19)), 1, false],
  ['one with parameters', framed(slice(34), slice(0)), 1, false],
  ['a layer that another may build on', framed(slice(0)), 2, false],
  ['the last of two layers', framed(slice(2, 2)), 2, true],
  ['layers that nobody counted', framed(slice(0)), 0, false],
] as const)('H.265: %s', (_case, data, layers, expected) => expect(isDisposable(data, { codec: 'hvc1.1.6.L93.B0', description: hvcc(layers) })).toBe(expected));

it.each(['vp8', 'vp09.00.10.08', 'av01.0.04M.08'])('a codec whose frames carry statistics: %s', (codec) => expect(isDisposable(framed([0x01]), { codec })).toBe(false));
