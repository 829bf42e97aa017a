/** H.264 frames as stored in files: NAL units after start codes (ITU-T H.264, annex B; AVI, MPEG-TS) or length-prefixed (MP4, MKV). */

const SLICE = 1;
const IDR_SLICE = 5;
const SEQUENCE_PARAMETERS = 7;

export interface AccessUnit {
  /** Decoding can start here. */
  readonly key: boolean;
  /** For a `VideoDecoderConfig`, if this unit contains the parameters. */
  readonly codec: string | null;
}

/**
 * Describes one frame from its NAL units up to its first slice.
 *
 * @param description of the decoder (ISO/IEC 14496-15), for length-prefixed units.
 */
export function describeAccessUnit(bytes: Uint8Array, description: Uint8Array | null = null): AccessUnit {
  let codec: string | null = null;
  for (const unit of unitsOf(bytes, description)) {
    const type = (unit[0] ?? 0) & 0x1f;
    if (type === SEQUENCE_PARAMETERS && unit.length > 3) codec = codecOf(unit);
    if (type >= SLICE && type <= IDR_SLICE) return { key: type === IDR_SLICE, codec };
  }
  return { key: false, codec };
}

/** Whether the frame uses start codes. */
export function hasStartCode(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0 && bytes[3] === 1;
}

/** For a `VideoDecoderConfig`. @param parameters of a sequence, or the decoder's description: profile and level are at the same offset. */
export function codecOf(parameters: Uint8Array): string {
  return `avc1.${hex(parameters.subarray(1, 4))}`;
}

/** The units of one frame, from their header on; the last may be truncated. */
export function* unitsOf(bytes: Uint8Array, description: Uint8Array | null): Generator<Uint8Array, void, undefined> {
  if (!description) {
    for (let at = nextUnit(bytes, 0); at >= 0; ) {
      const next = nextUnit(bytes, at);
      yield bytes.subarray(at, next < 0 ? bytes.length : next - 3);
      at = next;
    }
    return;
  }
  yield* unitsBehindLengths(bytes, ((description[4] ?? 3) & 3) + 1);
}

/** The parameters in a decoder's description. */
export function* parametersIn(description: Uint8Array): Generator<Uint8Array, void, undefined> {
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    for (let left = (description[at++] ?? 0) & mask; left > 0; left--) {
      const length = (description[at] ?? 0) * 256 + (description[at + 1] ?? 0);
      yield description.subarray(at + 2, at + 2 + length);
      at += 2 + length;
    }
  }
}

/** Joins units in the stream's format: length-prefixed as in the decoder's description, else after start codes. */
export function joinUnits(units: readonly Uint8Array[], description: Uint8Array | null): Uint8Array<ArrayBuffer> {
  const lengthBytes = description ? ((description[4] ?? 3) & 3) + 1 : 4;
  return unitsBehind(units.map((unit) => [unit, description ? unit.length : 1]), lengthBytes);
}

/** Joins units, each after a number of `numberBytes` bytes. */
export function unitsBehind(units: readonly (readonly [unit: Uint8Array, number: number])[], numberBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(units.reduce((sum, [{ length }]) => sum + numberBytes + length, 0));
  let at = 0;
  for (const [unit, number] of units) {
    for (let i = 0; i < numberBytes; i++) bytes[at + i] = number / 256 ** (numberBytes - 1 - i);
    bytes.set(unit, at + numberBytes);
    at += numberBytes + unit.length;
  }
  return bytes;
}

/** The units of a length-prefixed frame; each length has `lengthBytes` bytes. */
export function* unitsBehindLengths(bytes: Uint8Array, lengthBytes: number): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at + lengthBytes < bytes.length; ) {
    const length = bytes.subarray(at, at + lengthBytes).reduce((value, byte) => value * 256 + byte, 0);
    yield bytes.subarray(at + lengthBytes, at + lengthBytes + length);
    at += lengthBytes + length;
  }
}

/** Offset of the first unit after a start code from `from` on; -1: none. */
function nextUnit(bytes: Uint8Array, from: number): number {
  for (let zero = bytes.indexOf(0, from); zero >= 0; zero = bytes.indexOf(0, zero + 1)) {
    if (bytes[zero + 1] === 0 && bytes[zero + 2] === 1 && zero + 3 < bytes.length) return zero + 3;
  }
  return -1;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
