import { BitReader } from './h264-bits';

/** H.264 unit headers (ITU-T H.264, 7.3), as far as needed to start decoding in the middle of a stream. */

/** Types of units. */
const IDR_SLICE = 5;
const SEQUENCE_PARAMETERS = 7;
const PICTURE_PARAMETERS = 8;
/** Type of a supplemental message. */
const RECOVERY_POINT = 6;
/** Slice types, modulo 5. */
const PREDICTED = 0;
const BIPREDICTED = 1;
const INTRA = 2;
const SWITCHING_PREDICTED = 3;
const SWITCHING_INTRA = 4;

/** Sequence parameters that its slice headers depend on. */
export interface Sequence {
  readonly unit: Uint8Array;
  readonly id: number;
  /** 0 gray, 1 4:2:0, 2 4:2:2, 3 4:4:4. */
  readonly chroma: number;
  readonly frameNumberBits: number;
  readonly orderType: number;
  /** For type 0. */
  readonly orderBits: number;
  /** For type 1: no differences follow. */
  readonly orderIsFixed: boolean;
  /** Maximum number of reference frames. */
  readonly references: number;
  readonly macroblocks: number;
  readonly framesOnly: boolean;
  /** Macroblocks of frames come in pairs. */
  readonly paired: boolean;
}

/** Picture parameters that its slice headers depend on. */
export interface PictureParameters {
  readonly id: number;
  readonly sequenceId: number;
  readonly hasFieldOrder: boolean;
  /** Frames in the two lists, unless a slice overrides it. */
  readonly listed: readonly [number, number];
  readonly weighsPredicted: boolean;
  readonly weighsBipredicted: boolean;
  readonly hasRedundant: boolean;
}

export interface SliceHeader {
  /** Its sequence parameters. */
  readonly sequence: Sequence;
  readonly isIntra: boolean;
  /** All other slices of its picture are intra slices too. */
  readonly isAllIntra: boolean;
  readonly frameNumber: number;
  /** Lower bits of its place in the display order. */
  readonly order: number;
  /** Numbers of the reference frames dropped after this one; null: unreadable. */
  readonly dropped: readonly number[] | null;
}

/** Number of frames until the picture is correct, from a recovery point in a supplemental unit; null: none. */
export function recoversAfter(unit: Uint8Array): number | null {
  const bits = new BitReader(unit, 1);
  while (bits.left > 16) {
    const type = bits.chained();
    const bytes = bits.chained();
    if (type === RECOVERY_POINT) return bits.unsigned();
    bits.skip(8 * bytes);
  }
  return null;
}

/** Limits over all levels: frames of 8192×4320 (ITU-T H.264, table A-1), and other numbers by 7.4.2. */
const MOST_MACROBLOCKS = 139_264;
const MOST_REFERENCES = 16;
const MOST_NUMBER_BITS = 16;
const MOST_SEQUENCE_ID = 31;
const MOST_PICTURE_ID = 255;

const WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Null: separate colour planes, which no encoder in use writes, or unreadable, or numbers out of range. */
export function readSequence(unit: Uint8Array): Sequence | null {
  const bits = new BitReader(unit, 1);
  const profile = bits.read(8);
  bits.skip(16);
  const id = bits.unsigned();
  let chroma = 1;
  if (WITH_CHROMA.has(profile)) {
    chroma = bits.unsigned();
    if (chroma === 3 && bits.read(1) === 1) return null;
    // Bit depths of luma and chroma, and a bypass flag.
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
    // Two signed offsets, and those of a cycle.
    bits.unsigned();
    bits.unsigned();
    for (let left = bits.unsigned(); left > 0 && bits.left > 0; left--) bits.unsigned();
  }
  const references = bits.unsigned();
  // Whether frame numbers may have gaps.
  bits.skip(1);
  const width = bits.unsigned() + 1;
  const height = bits.unsigned() + 1;
  const framesOnly = bits.read(1) === 1;
  const paired = !framesOnly && bits.read(1) === 1;
  const macroblocks = width * height * (framesOnly ? 1 : 2);
  if (bits.left < 0 || id > MOST_SEQUENCE_ID || chroma > 3 || orderType > 2) return null;
  // These numbers are used to write frames, so they must be in range.
  if (frameNumberBits > MOST_NUMBER_BITS || orderBits > MOST_NUMBER_BITS || references > MOST_REFERENCES || macroblocks > MOST_MACROBLOCKS) return null;
  return { unit, id, chroma, frameNumberBits, orderType, orderBits, orderIsFixed, references, macroblocks, framesOnly, paired };
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

/** Null: slice groups, which hardly any encoder writes, or a number out of range. */
export function readPictureParameters(unit: Uint8Array): PictureParameters | null {
  const bits = new BitReader(unit, 1);
  const id = bits.unsigned();
  const sequenceId = bits.unsigned();
  bits.skip(1);
  const hasFieldOrder = bits.read(1) === 1;
  if (bits.unsigned() > 0 || id > MOST_PICTURE_ID) return null;
  const listed = [bits.unsigned() + 1, bits.unsigned() + 1] as const;
  const weighsPredicted = bits.read(1) === 1;
  const weighsBipredicted = bits.read(2) === 1;
  // Quantiser steps and an offset.
  for (let i = 0; i < 3; i++) bits.signed();
  bits.skip(2);
  return { id, sequenceId, hasFieldOrder, listed, weighsPredicted, weighsBipredicted, hasRedundant: bits.read(1) === 1 };
}

/** Parameters by id. */
export interface Parameters {
  readonly sequences: ReadonlyMap<number, Sequence>;
  readonly pictures: ReadonlyMap<number, PictureParameters>;
}

/** Null: unknown parameters. */
export function readSliceHeader(unit: Uint8Array, { sequences, pictures }: Parameters): SliceHeader | null {
  const bits = new BitReader(unit, 1);
  bits.unsigned();
  const writtenType = bits.unsigned();
  const type = writtenType % 5;
  const picture = pictures.get(bits.unsigned());
  const sequence = picture && sequences.get(picture.sequenceId);
  if (!sequence) return null;
  const frameNumber = bits.read(sequence.frameNumberBits);
  const isField = !sequence.framesOnly && bits.read(1) === 1;
  if (isField) bits.skip(1);
  // An IDR frame has a number that distinguishes it from the next.
  if (((unit[0] ?? 0) & 0x1f) === IDR_SLICE) bits.unsigned();
  const order = sequence.orderType === 0 ? bits.read(sequence.orderBits) : 0;
  const isIntra = type === INTRA || type === SWITCHING_INTRA;
  const head = { sequence, isIntra, isAllIntra: isIntra && writtenType > type, frameNumber, order };
  const isReference = ((unit[0] ?? 0) & 0x60) !== 0;
  if (isField || type === SWITCHING_PREDICTED || type === SWITCHING_INTRA) return { ...head, dropped: null };
  if (!isReference) return { ...head, dropped: [] };
  if (sequence.orderType === 0 && picture.hasFieldOrder) bits.signed();
  if (sequence.orderType === 1 && !sequence.orderIsFixed) for (let i = picture.hasFieldOrder ? 2 : 1; i > 0; i--) bits.signed();
  if (picture.hasRedundant) bits.unsigned();
  skipLists(bits, type, sequence, picture);
  return { ...head, dropped: readDropped(bits, frameNumber, 2 ** sequence.frameNumberBits) };
}

/** Skips the reference lists and weights of a slice. */
function skipLists(bits: BitReader, type: number, { chroma }: Sequence, { listed, weighsPredicted, weighsBipredicted }: PictureParameters): void {
  const lists = type === BIPREDICTED ? 2 : type === PREDICTED ? 1 : 0;
  if (lists === 2) bits.skip(1);
  const says = lists > 0 && bits.read(1) === 1;
  const counts = listed.slice(0, lists).map((usual) => (says ? bits.unsigned() + 1 : usual));
  for (let list = 0; list < lists; list++) {
    if (bits.read(1) === 0) continue;
    while (bits.unsigned() !== 3 && bits.left > 0) bits.unsigned();
  }
  if (!(lists === 1 ? weighsPredicted : lists === 2 && weighsBipredicted)) return;
  bits.unsigned();
  if (chroma > 0) bits.unsigned();
  for (const count of counts) {
    for (let i = 0; i < count && bits.left > 0; i++) {
      if (bits.read(1) === 1) for (let k = 0; k < 2; k++) bits.signed();
      if (chroma > 0 && bits.read(1) === 1) for (let k = 0; k < 4; k++) bits.signed();
    }
  }
}

function readDropped(bits: BitReader, frameNumber: number, range: number): number[] | null {
  const dropped: number[] = [];
  if (bits.read(1) === 0) return dropped;
  while (bits.left > 0) {
    const operation = bits.unsigned();
    if (operation === 0) return dropped;
    if (operation !== 1) return null;
    dropped.push((frameNumber - bits.unsigned() - 1 + 2 * range) % range);
  }
  return null;
}

/** Parameters of a stream seen so far. */
export class ParameterSets implements Parameters {
  readonly sequences = new Map<number, Sequence>();
  readonly pictures = new Map<number, PictureParameters>();

  /** Stores a unit's parameters, if it has any. */
  take(unit: Uint8Array): void {
    const type = (unit[0] ?? 0) & 0x1f;
    const sequence = type === SEQUENCE_PARAMETERS ? readSequence(unit) : null;
    if (sequence) this.sequences.set(sequence.id, sequence);
    const picture = type === PICTURE_PARAMETERS ? readPictureParameters(unit) : null;
    if (picture) this.pictures.set(picture.id, picture);
  }
}
