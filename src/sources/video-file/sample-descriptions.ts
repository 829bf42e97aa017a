import { joinUnits, parametersIn, unitsBehind } from './annex-b';
import type { FileWindow } from './file-window';
import { fragmentRuns, type Run } from './fragment-runs';
import { boxAt, boxesIn, trackId, tracksOf, typeOf, viewOf } from './iso-boxes';

/** Of a picture track's description, where its boxes begin. */
const DESCRIPTION_BYTES = 86;
/** Of a description of H.265, where the number of its lists of units stands, behind that of the bytes of a length. */
const H265_LISTS_AT = 22;
/** Of a table of samples, where its entries begin. */
const ENTRIES = 16;

/** Frames that are coded with parameters of their own, from one on to the next of these. */
export interface ParameterChange {
  /** Position of the first frame, in decode order. */
  readonly from: number;
  /** The parameters as units of a frame, to stand before those of a key frame. */
  readonly units: Uint8Array<ArrayBuffer>;
}

export interface OneDescription {
  /** The table of contents with the first description of each track alone: the demuxer would take the last one for all frames. */
  readonly moov: Uint8Array<ArrayBuffer>;
  /** By the tracks' ids, of H.264 and H.265. */
  readonly tracks: ReadonlyMap<number, DescribedTrack>;
}

/** Of a track with several descriptions. */
export interface DescribedTrack {
  /** Of each description. */
  readonly units: readonly Uint8Array<ArrayBuffer>[];
  /** Of the frames in the table of contents. */
  readonly runs: readonly Run[];
  /** How many these are. */
  readonly frames: number;
  /** The description of fragments that name none. */
  readonly usual: number;
}

/** @param window of a file whose boxes are whole, which may go on in fragments. */
export async function changesIn({ tracks }: OneDescription, window: FileWindow): Promise<Map<number, readonly ParameterChange[]>> {
  const changes = new Map<number, readonly ParameterChange[]>();
  for (const [id, { units, runs, frames, usual }] of tracks) {
    const all = [...runs, ...(await fragmentRuns(window, id, usual, frames))];
    changes.set(id, all.flatMap(({ from, description }) => units.slice(description - 1, description).map((each) => ({ from, units: each }))));
  }
  return changes;
}

/**
 * What a track with several descriptions holds, as recorders write it whose picture changes its size, and programs that join films.
 *
 * @param moov the whole box.
 * @returns null where every track has one description.
 */
export function withOneDescription(moov: Uint8Array<ArrayBuffer>): OneDescription | null {
  try {
    return firstOnly(moov);
  } catch (error) {
    // A field that lies beyond its table: the demuxer tells of the damage.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function firstOnly(moov: Uint8Array<ArrayBuffer>): OneDescription | null {
  const one = moov.slice();
  const tracks = new Map<number, DescribedTrack>();
  let several = false;
  for (const track of tracksOf(one)) {
    const id = trackId(track);
    const table = boxAt(track, ['mdia', 'minf', 'stbl']);
    const descriptions = table && boxAt(table, ['stsd']);
    const order = table && boxAt(table, ['stsc']);
    if (id === null || !descriptions || !order || descriptions.length < ENTRIES || viewOf(descriptions).getUint32(12) < 2) continue;
    const units = [...boxesIn(descriptions, ENTRIES)].map(parameterUnits);
    const runs = runsOf(order);
    if (units.every((each) => each !== null)) tracks.set(id, { units, runs, frames: framesIn(table), usual: usualOf(one, id) });
    viewOf(descriptions).setUint32(12, 1);
    several = true;
  }
  return several ? { moov: one, tracks } : null;
}

function framesIn(table: Uint8Array<ArrayBuffer>): number {
  const sizes = boxAt(table, ['stsz']) ?? boxAt(table, ['stz2']);
  return sizes ? viewOf(sizes).getUint32(16) : 0;
}

/** Of fragments. */
function usualOf(moov: Uint8Array<ArrayBuffer>, track: number): number {
  const announced = boxAt(moov, ['mvex']);
  const defaults = announced && [...boxesIn(announced)].find((box) => typeOf(box) === 'trex' && viewOf(box).getUint32(12) === track);
  return defaults ? viewOf(defaults).getUint32(16) : 1;
}

/** Of the H.264 or H.265 that a description describes (ISO/IEC 14496-15), each parameter set behind its length; null: of something else. */
function parameterUnits(description: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  for (const box of boxesIn(description, DESCRIPTION_BYTES)) {
    const config = box.subarray(8);
    if (typeOf(box) === 'avcC' && config.length >= 7) return joinUnits([...parametersIn(config)], config);
    if (typeOf(box) === 'hvcC' && config.length > H265_LISTS_AT) return unitsBehind([...h265Parameters(config)].map((unit) => [unit, unit.length]), ((config[H265_LISTS_AT - 1] ?? 0) & 3) + 1);
  }
  return null;
}

/** In lists behind the kind of their units and the number of these, each unit behind its length. */
function* h265Parameters(config: Uint8Array<ArrayBuffer>): Generator<Uint8Array, void, undefined> {
  const view = viewOf(config);
  let at = H265_LISTS_AT + 1;
  for (let lists = config[H265_LISTS_AT] ?? 0; lists > 0; lists--) {
    at += 3;
    for (let units = view.getUint16(at - 2); units > 0; units--) {
      const end = at + 2 + view.getUint16(at);
      yield config.subarray(at + 2, end);
      at = end;
    }
  }
}

/** From which sample on each description applies, counted from 1. */
function runsOf(order: Uint8Array<ArrayBuffer>): Run[] {
  const view = viewOf(order);
  const entries = Math.min(view.getUint32(12), Math.floor((order.length - ENTRIES) / 12));
  const runs: Run[] = [];
  let from = 0;
  for (let i = 0; i < entries; i++) {
    const at = ENTRIES + 12 * i;
    const description = view.getUint32(at + 8);
    if (runs.at(-1)?.description !== description) runs.push({ from, description });
    if (i + 1 < entries) from += (view.getUint32(at + 12) - view.getUint32(at)) * view.getUint32(at + 4);
  }
  return runs;
}

/** A frame's units with the parameters that apply to it before them. */
export function withParameters(data: Uint8Array, changes: readonly ParameterChange[], position: number): Uint8Array<ArrayBuffer> {
  const units = changes.findLast(({ from }) => from <= position)?.units ?? new Uint8Array();
  const whole = new Uint8Array(units.length + data.length);
  whole.set(units);
  whole.set(data, units.length);
  return whole;
}
