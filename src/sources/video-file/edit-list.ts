import type { Piece } from './frame-index';
import { boxAt, tracksOf, unitsPerSecond, viewOf, trackId } from './iso-boxes';

/** Media time of an empty edit, which only delays later ones. */
const NO_MEDIA = -1;
/** 1.0 as 16.16 fixed point. */
const USUAL_RATE = 0x10000;
/** Tolerance: lengths and offsets are rounded to different units. */
const ROUNDED_MS = 2;

/** The displayed part of an MP4's track. Trimmed parts may still be in the file, but players do not show them. */
export interface Shown {
  /** In the order of the film. */
  readonly pieces: readonly Piece[];
  /** Time from which frames are meant for another speed, which most players ignore; null: none. */
  readonly otherSpeedAtMs: number | null;
}

/**
 * Reads the edit lists of an MP4's tracks.
 *
 * @param moov the whole box.
 * @returns by track id, for tracks with a list.
 */
export function shownParts(moov: Uint8Array<ArrayBuffer>): ReadonlyMap<number, Shown> {
  const parts = new Map<number, Shown>();
  const film = boxAt(moov, ['mvhd']);
  try {
    const filmUnits = film ? unitsPerSecond(film) : 0;
    for (const track of tracksOf(moov)) {
      const id = trackId(track);
      const media = boxAt(track, ['mdia', 'mdhd']);
      const list = boxAt(track, ['edts', 'elst']);
      if (id !== null && list && filmUnits > 0 && viewOf(list).getUint32(12) > 0) parts.set(id, shownPart(list, filmUnits, media ? unitsPerSecond(media) : filmUnits));
    }
  } catch (error) {
    // A field beyond the end of its table: the demuxer reports the damage.
    if (!(error instanceof RangeError)) throw error;
  }
  return parts;
}

interface Edit {
  /** Units until the next edit, in the film's time units. */
  readonly length: number;
  /** Media time, in the track's time units. */
  readonly from: number;
  /** 16.16 fixed point. */
  readonly rate: number;
  readonly isLast: boolean;
}

/** @throws RangeError for a truncated list. */
function* editsIn(list: Uint8Array<ArrayBuffer>): Generator<Edit, void, undefined> {
  const view = viewOf(list);
  const isLong = list[8] === 1;
  const bytes = isLong ? 20 : 12;
  for (let left = view.getUint32(12), at = 16; left > 0; left--, at += bytes) {
    const length = isLong ? Number(view.getBigUint64(at)) : view.getUint32(at);
    const from = isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    yield { length, from, rate: view.getInt32(at + bytes - 4), isLast: left === 1 };
  }
}

/**
 * Media time that the demuxer subtracts from the times of all frames.
 *
 * @throws RangeError for a truncated list.
 */
export function demuxedFrom(list: Uint8Array<ArrayBuffer>, filmUnits: number, mediaUnits: number): number {
  let emptyUnits = 0;
  for (const { length, from, rate } of editsIn(list)) {
    if (from !== NO_MEDIA) return rate === USUAL_RATE ? from - Math.round((emptyUnits * mediaUnits) / filmUnits) : 0;
    emptyUnits += length;
  }
  return 0;
}

function shownPart(list: Uint8Array<ArrayBuffer>, filmUnits: number, mediaUnits: number): Shown {
  const pieces: Piece[] = [];
  let otherSpeedAtMs: number | null = null;
  const offset = demuxedFrom(list, filmUnits, mediaUnits);
  let atMs = 0;
  for (const { length, from, rate, isLast } of editsIn(list)) {
    const lengthMs = (length * 1000) / filmUnits;
    if (from !== NO_MEDIA) {
      if (rate !== USUAL_RATE) otherSpeedAtMs ??= atMs;
      const fromMs = ((from - offset) * 1000) / mediaUnits;
      // A last edit without a length continues to the end of its track.
      const toMs = lengthMs === 0 && isLast ? Infinity : fromMs + lengthMs;
      const last = pieces.at(-1);
      const goesOn = last !== undefined && Math.abs(last.toMs - fromMs) <= ROUNDED_MS && Math.abs(last.atMs + last.toMs - last.fromMs - atMs) <= ROUNDED_MS;
      if (goesOn) pieces[pieces.length - 1] = { ...last, toMs };
      else if (toMs > fromMs) pieces.push({ fromMs, toMs, atMs });
    }
    atMs += lengthMs;
  }
  return { pieces, otherSpeedAtMs };
}
