import { expect, it } from 'vitest';
import { numbersOf } from './hdf5-numbers';
import { UnknownStorage } from './hdf5-source';

const FLOAT = { isFloat: true, isSigned: true, isLittleEndian: true };

it('reads 16-bit floats: smallest, largest and special values', () => {
  const halves = new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff, 0x8000, 0x7c00, 0x7e00).buffer);
  expect([...numbersOf(halves, { ...FLOAT, size: 2 })]).toEqual([1, -2, Math.fround(0.333251953125), 2 ** -24, 65504, -0, Infinity, NaN]);
});

it.each([true, false])('reads numbers of every size, little-endian: %s', (isLittleEndian) => {
  const view = new DataView(new ArrayBuffer(8));
  const read = (isFloat: boolean, isSigned: boolean, size: number) => numbersOf(new Uint8Array(view.buffer, 0, size), { isFloat, isSigned, isLittleEndian, size })[0];
  view.setFloat64(0, -1.5, isLittleEndian);
  expect(read(true, true, 8)).toBe(-1.5);
  view.setFloat32(0, -1.5, isLittleEndian);
  expect(read(true, true, 4)).toBe(-1.5);
  view.setBigInt64(0, -7n, isLittleEndian);
  expect(read(false, true, 8)).toBe(-7);
  view.setInt16(0, -7, isLittleEndian);
  expect(read(false, true, 2)).toBe(-7);
  expect(read(false, false, 2)).toBe(65529);
});

it('reads floats that are not aligned to four bytes', () => {
  const file = new Uint8Array(9);
  new DataView(file.buffer).setFloat32(3, 2.5, true);
  expect([...numbersOf(file.subarray(3, 7), { ...FLOAT, size: 4 })]).toEqual([2.5]);
});

it('rejects 8-bit floats', () => {
  expect(() => numbersOf(new Uint8Array(1), { ...FLOAT, size: 1 })).toThrow(UnknownStorage);
});
