import { expect, it } from 'vitest';
import { BitWriter, unitOf } from './h264-bits';
import { lostAtEnd } from './h264-lost-at-end';

/** Parameters that x264 writes: high profile, frame numbers in 4 bits, display order in 6. */
const PARAMETERS = ['6764000aacd942ba1000000300100000030140f1225960', '68eba1b2c8b0'].map((hex) => Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)));

const frameOf = (...units: readonly (Uint8Array | readonly number[])[]) => Uint8Array.from(units.flatMap((unit) => [0, 0, 0, 1, ...unit]));

/** Slice types are written as numbers, 1 for a frame no other depends on. */
function slice(order: number, isKey: boolean, isReference: boolean): Uint8Array {
  const bits = new BitWriter();
  for (const number of [0, isKey ? 7 : isReference ? 5 : 6, 0]) bits.unsigned(number);
  bits.write(0, 4);
  if (isKey) bits.unsigned(0);
  bits.write(order % 64, 6);
  bits.write(0x8000, 16);
  return unitOf(isKey ? 0x65 : isReference ? 0x41 : 0x01, bits);
}

/** Groups of a frame and two that are displayed before it. The first is an IDR frame. */
const orders = [0, ...Array.from({ length: 10 }, (_, group) => [6, 2, 4].map((order) => 6 * group + order)).flat()];
const lostIn = (shown: readonly number[]) => [...lostAtEnd(shown.map((order) => frameOf(slice(order, order === 0, order % 6 === 0))), [frameOf(...PARAMETERS)], null)];

it('finds the frames missing before the last ones', () => {
  expect(lostIn(orders)).toEqual([]);
  expect(lostIn(orders.slice(0, -1))).toEqual([[0, 1]]);
  expect(lostIn(orders.slice(0, -2))).toEqual([[0, 2]]);
});

it.each([10, 58])('takes the most common step for the usual one, where frame %d is numbered otherwise', (odd) =>
  expect(lostIn(orders.map((order) => (order === odd ? order - 1 : order)))).toEqual([]));
