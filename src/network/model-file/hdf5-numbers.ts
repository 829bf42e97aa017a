import { UnknownStorage } from './hdf5-source';

/** Storage format of a number. */
export interface NumberType {
  readonly isFloat: boolean;
  readonly isSigned: boolean;
  readonly isLittleEndian: boolean;
  /** In bytes. */
  readonly size: number;
}

type Read = (view: DataView, at: number, isLittleEndian: boolean) => number;

const FLOATS: Readonly<Record<number, Read>> = {
  2: (view, at, little) => half(view.getUint16(at, little)),
  4: (view, at, little) => view.getFloat32(at, little),
  8: (view, at, little) => view.getFloat64(at, little),
};
const SIGNED: Readonly<Record<number, Read>> = {
  1: (view, at) => view.getInt8(at),
  2: (view, at, little) => view.getInt16(at, little),
  4: (view, at, little) => view.getInt32(at, little),
  8: (view, at, little) => Number(view.getBigInt64(at, little)),
};
const UNSIGNED: Readonly<Record<number, Read>> = {
  1: (view, at) => view.getUint8(at),
  2: (view, at, little) => view.getUint16(at, little),
  4: (view, at, little) => view.getUint32(at, little),
  8: (view, at, little) => Number(view.getBigUint64(at, little)),
};

/** Decodes numbers to 32-bit floats. @throws UnknownStorage for an unsupported size. */
export function numbersOf(bytes: Uint8Array<ArrayBuffer>, { isFloat, isSigned, isLittleEndian, size }: NumberType): Float32Array {
  const read = (isFloat ? FLOATS : isSigned ? SIGNED : UNSIGNED)[size];
  if (!read) throw new UnknownStorage(`${8 * size}-bit ${isFloat ? 'floats' : 'integers'}`);
  // The usual case: avoids copying the millions of numbers of a large layer. All platforms with browsers are little-endian.
  if (isFloat && size === 4 && isLittleEndian && bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => read(view, i * size, isLittleEndian));
}

/** Decodes a 16-bit float (1 sign bit, 5 exponent bits, 10 fraction bits), which not every browser's DataView supports. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 0x1f, (bits & 0x3ff) / 0x400];
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}
