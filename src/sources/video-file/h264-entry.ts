/**
 * Decoders of H.264 begin at IDR frames only. Recordings that were cut from a longer one may have none: they begin with a recovery
 * point, a frame that is complete in itself but no IDR. An artificial IDR frame before it, gray and never shown, lets decoding begin.
 */
import { BitReader, BitWriter, unitOf } from './h264-bits';
import { isIdrFrame, unitsOf } from './annex-b';

const SLICE = 1;
const IDR_SLICE = 5;
const ENHANCEMENT = 6;
const SEQUENCE_PARAMETERS = 7;
const RECOVERY_POINT = 6;
/** The numbers of slice types that are predicted from no other frame, and of those that all slices of the frame share. */
const INTRA_SLICES = new Set([2, 4, 7, 9]);
const ALL_INTRA_SLICES = 7;
/** Of the artificial frame's own picture parameters: the largest, which no encoder uses. */
const OWN_PICTURE_PARAMETERS = 255;
/** Macroblock of an intra slice, 16×16, predicted as the mean of nothing: middle gray, no residual. */
const GRAY_TYPE = 3;

/** What a stream's sequence parameters tell of the headers of its slices (ITU-T H.264, 7.3.2.1.1). */
interface Sequence {
  readonly unit: Uint8Array;
  readonly id: number;
  /** 0 gray, 1 4:2:0, 2 4:2:2, 3 4:4:4. */
  readonly chroma: number;
  readonly frameNumberBits: number;
  readonly orderType: number;
  /** Of type 0. */
  readonly orderBits: number;
  /** Of type 1: no differences follow. */
  readonly orderIsFixed: boolean;
  /** Frames that others may build on, at most. */
  readonly references: number;
  readonly macroblocks: number;
  readonly framesOnly: boolean;
  /** Macroblocks of frames come in pairs. */
  readonly paired: boolean;
}

/** Makes the frames that decoding can begin with, for one stream. */
export class H264Entries {
  readonly #description: Uint8Array | null;
  #sequence: Sequence | null = null;

  /** @param description of the decoder (ISO/IEC 14496-15), where units stand behind lengths. */
  constructor(description: AllowSharedBufferSource | undefined) {
    this.#description = description ? bytesOf(description) : null;
    if (this.#description) this.#takeSequence(sequenceIn(this.#description));
  }

  isIdrFrame(bytes: Uint8Array): boolean {
    return isIdrFrame(bytes, this.#description);
  }

  /**
   * An artificial key frame to be decoded right before a frame that needs no other, though it is no IDR; null where the frame is
   * an IDR or builds on others.
   */
  entryFor(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
    let recovers = false;
    for (const unit of unitsOf(bytes, this.#description)) {
      const type = (unit[0] ?? 0) & 0x1f;
      if (type === SEQUENCE_PARAMETERS) this.#takeSequence(unit);
      if (type === ENHANCEMENT) recovers ||= recoversAtOnce(unit);
      if (type === IDR_SLICE) return null;
      if (type >= SLICE && type < IDR_SLICE) return this.#entryBefore(unit, recovers);
    }
    return null;
  }

  #takeSequence(unit: Uint8Array | null): void {
    this.#sequence = (unit && readSequence(unit)) ?? this.#sequence;
  }

  #entryBefore(slice: Uint8Array, recovers: boolean): Uint8Array<ArrayBuffer> | null {
    const sequence = this.#sequence;
    if (!sequence) return null;
    const header = readSliceHeader(slice, sequence);
    if (!INTRA_SLICES.has(header.type) || (!recovers && header.type !== ALL_INTRA_SLICES)) return null;
    // Decoders count on from the gray frame for those that they miss: these too are shown before the first.
    const range = 2 ** sequence.orderBits;
    const before = Math.min(2 * (sequence.references + 2), range / 2 - 2);
    const order = (header.order - before) & (range - 1);
    const units = [sequence.unit, ownPictureParameters(sequence), grayFrame(sequence, order)];
    return framed(units, this.#description);
  }
}

/** Whether a supplemental unit marks a recovery point from whose own frame on the picture is right. */
function recoversAtOnce(unit: Uint8Array): boolean {
  const bits = new BitReader(unit, 1);
  while (bits.left > 16) {
    const type = bits.chained();
    const bytes = bits.chained();
    if (type === RECOVERY_POINT) return bits.unsigned() === 0;
    bits.skip(8 * bytes);
  }
  return false;
}

const WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Null: colours in planes of their own, which no encoder in use writes, or not to be read. */
function readSequence(unit: Uint8Array): Sequence | null {
  const bits = new BitReader(unit, 1);
  const profile = bits.read(8);
  bits.skip(16);
  const id = bits.unsigned();
  let chroma = 1;
  if (WITH_CHROMA.has(profile)) {
    chroma = bits.unsigned();
    if (chroma === 3 && bits.read(1) === 1) return null;
    // Depths of luma and chroma, and a bypass.
    bits.unsigned();
    bits.unsigned();
    bits.skip(1);
    if (bits.read(1) === 1) skipScaling(bits, chroma === 3 ? 12 : 8);
  }
  const frameNumberBits = bits.unsigned() + 4;
  const orderType = bits.unsigned();
  let orderBits = 0;
  let orderIsFixed = true;
  if (orderType === 0) orderBits = bits.unsigned() + 4;
  if (orderType === 1) {
    orderIsFixed = bits.read(1) === 1;
    // Two offsets, signed, and those of a cycle.
    bits.unsigned();
    bits.unsigned();
    for (let left = bits.unsigned(); left > 0 && bits.left > 0; left--) bits.unsigned();
  }
  const references = bits.unsigned();
  // Whether numbers may have gaps.
  bits.skip(1);
  const width = bits.unsigned() + 1;
  const height = bits.unsigned() + 1;
  const framesOnly = bits.read(1) === 1;
  const paired = !framesOnly && bits.read(1) === 1;
  if (bits.left < 0) return null;
  return { unit, id, chroma, frameNumberBits, orderType, orderBits, orderIsFixed, references, macroblocks: width * height * (framesOnly ? 1 : 2), framesOnly, paired };
}

function skipScaling(bits: BitReader, lists: number): void {
  for (let list = 0; list < lists; list++) {
    if (bits.read(1) === 0) continue;
    let last = 8;
    let next = 8;
    for (let i = list < 6 ? 16 : 64; i > 0 && bits.left > 0; i--) {
      if (next !== 0) next = (last + bits.signed() + 256) % 256;
      last = next === 0 ? last : next;
    }
  }
}

function readSliceHeader(unit: Uint8Array, { frameNumberBits, framesOnly, orderType, orderBits }: Sequence): { readonly type: number; readonly order: number } {
  const bits = new BitReader(unit, 1);
  bits.unsigned();
  const type = bits.unsigned();
  bits.unsigned();
  bits.skip(frameNumberBits);
  if (!framesOnly && bits.read(1) === 1) bits.skip(1);
  return { type, order: orderType === 0 ? bits.read(orderBits) : 0 };
}

function ownPictureParameters({ id }: Sequence): Uint8Array<ArrayBuffer> {
  const bits = new BitWriter();
  bits.unsigned(OWN_PICTURE_PARAMETERS);
  bits.unsigned(id);
  // No arithmetic coding, no order of fields.
  bits.write(0, 2);
  // One group of slices; one frame in either list.
  for (let i = 0; i < 3; i++) bits.unsigned(0);
  // No weights.
  bits.write(0, 3);
  // Steps and their offset: 0.
  for (let i = 0; i < 3; i++) bits.unsigned(0);
  bits.write(0, 3);
  return unitOf(0x68, bits);
}

function grayFrame(sequence: Sequence, order: number): Uint8Array<ArrayBuffer> {
  const bits = new BitWriter();
  bits.unsigned(0);
  bits.unsigned(ALL_INTRA_SLICES);
  bits.unsigned(OWN_PICTURE_PARAMETERS);
  bits.write(0, sequence.frameNumberBits);
  if (!sequence.framesOnly) bits.write(0, 1);
  bits.unsigned(0);
  if (sequence.orderType === 0) bits.write(order, sequence.orderBits);
  if (sequence.orderType === 1 && !sequence.orderIsFixed) bits.unsigned(0);
  // References as usual, no other step.
  bits.write(0, 2);
  bits.unsigned(0);
  for (let i = 0; i < sequence.macroblocks; i++) {
    if (sequence.paired && i % 2 === 0) bits.write(0, 1);
    bits.unsigned(GRAY_TYPE);
    // Prediction of chroma, step, and a residual of nothing: of luma, or of each of three planes.
    const ones = sequence.chroma === 0 ? 2 : sequence.chroma === 3 ? 4 : 3;
    bits.write(2 ** ones - 1, ones);
  }
  return unitOf(0x65, bits);
}

function framed(units: readonly Uint8Array[], description: Uint8Array | null): Uint8Array<ArrayBuffer> {
  const lengthBytes = description ? ((description[4] ?? 3) & 3) + 1 : 4;
  const framedBytes = new Uint8Array(units.reduce((sum, { length }) => sum + lengthBytes + length, 0));
  let at = 0;
  for (const unit of units) {
    const head = description ? unit.length : 1;
    for (let i = 0; i < lengthBytes; i++) framedBytes[at + i] = head / 256 ** (lengthBytes - 1 - i);
    framedBytes.set(unit, at + lengthBytes);
    at += lengthBytes + unit.length;
  }
  return framedBytes;
}

/** The first sequence parameters of a decoder's description. */
function sequenceIn(description: Uint8Array): Uint8Array | null {
  const length = (description[6] ?? 0) * 256 + (description[7] ?? 0);
  return ((description[5] ?? 0) & 0x1f) > 0 ? description.subarray(8, 8 + length) : null;
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
}
