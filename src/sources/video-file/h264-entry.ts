/**
 * H.264 decoders start at IDR frames only. Recordings cut from a longer one may have none: they begin with a recovery point, i.e. a
 * frame that is complete in itself but no IDR, or the start of a refresh of the picture stripe by stripe. Artificial gray frames
 * before it, never displayed, let decoding start: an IDR, and those that the stream later drops, since decoders refuse to drop
 * missing frames.
 */
import { describeAccessUnit, joinUnits, parametersIn, unitsOf } from './annex-b';
import { bytesOf } from './decoder-config';
import { BitWriter, unitOf } from './h264-bits';
import { ParameterSets, readSliceHeader, recoversAfter, type Sequence, type SliceHeader } from './h264-headers';

const SLICE = 1;
const IDR_SLICE = 5;
const ENHANCEMENT = 6;
/** Slice type: all slices of the frame are intra slices. */
const ALL_INTRA_SLICES = 7;
/** Id of the artificial frames' own picture parameters: the largest, which no encoder uses. */
const OWN_PICTURE_PARAMETERS = 255;
/** Macroblock of an intra slice, 16×16, DC prediction without neighbours: middle gray, no residual. */
const GRAY_TYPE = 3;
const REFERENCE_HEADER = 0x41;
const IDR_HEADER = 0x65;
/** Maximum number of artificial frames to be dropped later. */
const MOST_MADE = 32;

export interface FrameLook {
  /** `whole`: an IDR frame, a recovery point, or a frame without predicted slices. `renewal`: later frames complete it. */
  readonly start: 'whole' | 'renewal' | null;
  /** For a refresh: number of the first correct frame. */
  readonly rightAt: number | null;
  /** For a reference frame. */
  readonly number: number | null;
  /** Its first slice is predicted from another frame: a container that lists it as a random access point is wrong, unless a refresh begins. */
  readonly isPredicted: boolean;
}

/** Makes artificial frames to start decoding with, for one stream. */
export class H264Entries {
  readonly #description: Uint8Array | null;
  readonly #parameters = new ParameterSets();

  /** @param description of the decoder (ISO/IEC 14496-15), for length-prefixed units. */
  constructor(description: AllowSharedBufferSource | undefined) {
    this.#description = description ? bytesOf(description) : null;
    if (this.#description) for (const unit of parametersIn(this.#description)) this.#parameters.take(unit);
  }

  isIdrFrame(bytes: Uint8Array): boolean {
    return describeAccessUnit(bytes, this.#description).key;
  }

  /** Classifies a frame as a possible start of decoding, whatever its container says. */
  look(bytes: Uint8Array): FrameLook {
    let recovery: number | null = null;
    let first: SliceHeader | null = null;
    let isReference = false;
    let slices = 0;
    const found = (start: FrameLook['start'], rightAt: number | null = null) => ({ start, rightAt, number: first && isReference ? first.frameNumber : null, isPredicted: first?.isIntra === false });
    for (const unit of unitsOf(bytes, this.#description)) {
      const type = (unit[0] ?? 0) & 0x1f;
      this.#parameters.take(unit);
      if (type === ENHANCEMENT) recovery ??= recoversAfter(unit);
      if (type < SLICE || type > IDR_SLICE) continue;
      const header = this.#headerOf(unit);
      first ??= header;
      isReference ||= ((unit[0] ?? 0) & 0x60) !== 0;
      if (type === IDR_SLICE) return found('whole');
      if (header && recovery !== null && recovery > 0) return found('renewal', (header.frameNumber + recovery) % numberRange(header));
      if (!header?.isIntra) return found(null);
      if (recovery === 0 || header.isAllIntra) return found('whole');
      slices++;
    }
    return found(slices > 0 ? 'whole' : null);
  }

  /**
   * Artificial frames, a key frame first, to decode right before a frame that can start decoding but is no IDR; null if the frame is an
   * IDR or depends on others.
   *
   * @param bytes of a frame that its container lists as a random access point.
   * @param following frames to decode after it.
   * @param isRenewed whether the frames after it are known to complete the picture.
   */
  entryFor(bytes: Uint8Array, following: readonly Uint8Array[], isRenewed = false): readonly Uint8Array<ArrayBuffer>[] | null {
    const { start } = this.look(bytes);
    const header = this.#firstHeader(bytes);
    if (!header || !(header.isIntra ? start !== 'renewal' || isRenewed : start === 'renewal' && isRenewed)) return null;
    const later = following.flatMap((each) => this.#firstHeader(each) ?? []).filter(({ sequence }) => sequence.id === header.sequence.id);
    return this.#framesBefore(header, later);
  }

  /** Null: an IDR frame, or one with unknown parameters. */
  #firstHeader(bytes: Uint8Array): SliceHeader | null {
    for (const unit of unitsOf(bytes, this.#description)) {
      const type = (unit[0] ?? 0) & 0x1f;
      this.#parameters.take(unit);
      if (type === IDR_SLICE) return null;
      if (type >= SLICE && type < IDR_SLICE) return this.#headerOf(unit);
    }
    return null;
  }

  #headerOf(slice: Uint8Array): SliceHeader | null {
    return readSliceHeader(slice, this.#parameters);
  }

  #framesBefore(first: SliceHeader, later: readonly SliceHeader[]): Uint8Array<ArrayBuffer>[] {
    const { sequence } = first;
    const range = numberRange(first);
    /** Distance back in reference frames. */
    const ageOf = (frameNumber: number) => (first.frameNumber - frameNumber + range) % range;
    const nextAge = Math.max(0, ...later.map(({ frameNumber }) => (range - ageOf(frameNumber)) % range));
    const dropped = [first, ...later].flatMap((header) => header.dropped ?? []).map(ageOf).filter((age) => age > 0 && age < range - nextAge);
    const oldest = dropped.length > 0 ? Math.max(...dropped) : 0;
    // Half of all orders lie before the first frame: one for each artificial frame, and one for each of the two needed for decoding.
    const orders = 2 ** sequence.orderBits;
    const made = oldest <= (sequence.orderType === 0 ? Math.min(MOST_MADE, orders / 2 - 4) : MOST_MADE) ? oldest : 0;
    // Decoders count on from the IDR frame for missing frames: these too are displayed before the first.
    const before = Math.min(made + 2 * (sequence.references + 2), orders / 2 - 2);
    const orderOf = (distance: number) => (first.order - Math.max(1, distance)) & (orders - 1);
    const frames = [joinUnits([sequence.unit, ownPictureParameters(sequence), grayFrame(sequence, null, orderOf(before), false)], this.#description)];
    const add = (number: number, distance: number, dropsLast: boolean) => frames.push(joinUnits([grayFrame(sequence, number, orderOf(distance), dropsLast)], this.#description));
    // The IDR frame has number 0: it may be the oldest, and is replaced if another one has that number.
    const zeroAge = ageOf(0);
    if (zeroAge < made || (zeroAge === 0 && made === 0)) add(1, before - 1, true);
    for (let age = made; age > 0; age--) {
      if (age === made && age === zeroAge) continue;
      add((first.frameNumber - age + range) % range, age, age < made && !dropped.includes(age + 1));
    }
    return frames;
  }
}

/** Frame numbers wrap around at this value. */
function numberRange({ sequence }: SliceHeader): number {
  return 2 ** sequence.frameNumberBits;
}

function ownPictureParameters({ id }: Sequence): Uint8Array<ArrayBuffer> {
  const bits = new BitWriter();
  bits.unsigned(OWN_PICTURE_PARAMETERS);
  bits.unsigned(id);
  // No arithmetic coding, no field order.
  bits.write(0, 2);
  // One slice group; one frame in either list.
  for (let i = 0; i < 3; i++) bits.unsigned(0);
  // No weights.
  bits.write(0, 3);
  // Quantiser steps and their offset: 0.
  for (let i = 0; i < 3; i++) bits.unsigned(0);
  bits.write(0, 3);
  return unitOf(0x68, bits);
}

/**
 * @param number of a reference frame; null: an IDR frame.
 * @param dropsLast whether it drops the reference frame before it.
 */
function grayFrame(sequence: Sequence, number: number | null, order: number, dropsLast: boolean): Uint8Array<ArrayBuffer> {
  const bits = new BitWriter();
  bits.unsigned(0);
  bits.unsigned(ALL_INTRA_SLICES);
  bits.unsigned(OWN_PICTURE_PARAMETERS);
  bits.write(number ?? 0, sequence.frameNumberBits);
  if (!sequence.framesOnly) bits.write(0, 1);
  if (number === null) bits.unsigned(0);
  if (sequence.orderType === 0) bits.write(order, sequence.orderBits);
  if (sequence.orderType === 1 && !sequence.orderIsFixed) bits.unsigned(0);
  // An IDR frame drops all others.
  if (number === null) bits.write(0, 2);
  else bits.write(dropsLast ? 1 : 0, 1);
  if (dropsLast) for (const operation of [1, 0, 0]) bits.unsigned(operation);
  // No change of the quantiser step.
  bits.unsigned(0);
  for (let i = 0; i < sequence.macroblocks; i++) {
    if (sequence.paired && i % 2 === 0) bits.write(0, 1);
    bits.unsigned(GRAY_TYPE);
    // Chroma prediction, quantiser step, and an empty residual: for luma, or for each of three planes.
    const ones = sequence.chroma === 0 ? 2 : sequence.chroma === 3 ? 4 : 3;
    bits.write(2 ** ones - 1, ones);
  }
  return unitOf(number === null ? IDR_HEADER : REFERENCE_HEADER, bits);
}
