import { joinUnits, parametersIn, unitsBehind } from './annex-b';
import type { FileWindow } from './file-window';
import { fragmentRuns, type Run } from './fragment-runs';
import { boxAt, boxesIn, trackId, tracksOf, typeOf, viewOf } from './iso-boxes';

/** Offset of child boxes in a video track's sample description. */
const DESCRIPTION_BYTES = 86;
/** Offset of the number of unit lists in an H.265 configuration, after the length size. */
const H265_LISTS_AT = 22;
/** Offset of the entries in a sample table. */
const ENTRIES = 16;

/** A change of coding parameters, which applies up to the next one. */
export interface ParameterChange {
  /** Position of the first frame, in decode order. */
  readonly from: number;
  /** The parameters as units, to insert before those of a key frame. */
  readonly units: Uint8Array<ArrayBuffer>;
}

export interface OneDescription {
  /** The moov box with only the first sample description of each track: the demuxer would use the last one for all frames. */
  readonly moov: Uint8Array<ArrayBuffer>;
  /** By track id, for H.264 and H.265. */
  readonly tracks: ReadonlyMap<number, DescribedTrack>;
}

/** A track with several sample descriptions. */
export interface DescribedTrack {
  /** One per sample description. */
  readonly units: readonly Uint8Array<ArrayBuffer>[];
  /** Runs of the frames in the sample table. */
  readonly runs: readonly Run[];
  /** Number of these frames. */
  readonly frames: number;
  /** The sample description of fragments that name none. */
  readonly usual: number;
}

/** @param window of a file with complete boxes, which may continue in fragments. */
export async function changesIn({ tracks }: OneDescription, window: FileWindow): Promise<Map<number, readonly ParameterChange[]>> {
  const changes = new Map<number, readonly ParameterChange[]>();
  for (const [id, { units, runs, frames, usual }] of tracks) {
    const all = [...runs, ...(await fragmentRuns(window, id, usual, frames))];
    changes.set(id, all.flatMap(({ from, description }) => units.slice(description - 1, description).map((each) => ({ from, units: each }))));
  }
  return changes;
}

/**
 * Finds tracks with several sample descriptions, as written by recorders whose picture changes its size, and by programs that join
 * films.
 *
 * @param moov the whole box.
 * @returns null if every track has one sample description.
 */
export function withOneDescription(moov: Uint8Array<ArrayBuffer>): OneDescription | null {
  try {
    return firstOnly(moov);
  } catch (error) {
    // A field beyond the end of its table: the demuxer reports the damage.
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

/** Default sample description of fragments. */
function usualOf(moov: Uint8Array<ArrayBuffer>, track: number): number {
  const announced = boxAt(moov, ['mvex']);
  const defaults = announced && [...boxesIn(announced)].find((box) => typeOf(box) === 'trex' && viewOf(box).getUint32(12) === track);
  return defaults ? viewOf(defaults).getUint32(16) : 1;
}

/** H.264 or H.265 parameters in a sample description (ISO/IEC 14496-15), length-prefixed; null: another codec. */
function parameterUnits(description: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  for (const box of boxesIn(description, DESCRIPTION_BYTES)) {
    const config = box.subarray(8);
    if (typeOf(box) === 'avcC' && config.length >= 7) return joinUnits([...parametersIn(config)], config);
    if (typeOf(box) === 'hvcC' && config.length > H265_LISTS_AT) return unitsBehind([...h265Parameters(config)].map((unit) => [unit, unit.length]), ((config[H265_LISTS_AT - 1] ?? 0) & 3) + 1);
  }
  return null;
}

/** Parameter units in lists, each list with a unit type and count, units length-prefixed. */
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

/** First sample of each run, and its sample description, counted from 1. */
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

/** A frame's units, preceded by the parameters that apply to it. */
export function withParameters(data: Uint8Array, changes: readonly ParameterChange[], position: number): Uint8Array<ArrayBuffer> {
  const units = changes.findLast(({ from }) => from <= position)?.units ?? new Uint8Array();
  const whole = new Uint8Array(units.length + data.length);
  whole.set(units);
  whole.set(data, units.length);
  return whole;
}
