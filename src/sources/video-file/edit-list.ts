import { boxAt, tracksOf, viewOf } from './iso-boxes';

/** Of an edit without pictures, which only delays the ones behind it. */
const NO_MEDIA = -1;
/** 1, with 16 bits of a fraction. */
const USUAL_RATE = 0x10000;
/** Lengths and places are rounded to units of their own. */
const ROUNDED_MS = 2;

/** What an MP4 shows of a track, on the clock of the film. */
export interface ShownPart {
  /** Null: until its end. What a phone or an editor trimmed off may still be in the file, and no player shows it. */
  readonly untilMs: number | null;
  /** From where on pictures are cut out, repeated, swapped or slowed down, of which only the first piece is known to the demuxer; null: nowhere. */
  readonly editedAtMs: number | null;
}

/**
 * What the edit lists of an MP4's tracks show.
 *
 * @param moov the whole box.
 * @returns by the tracks' ids, of those with a list.
 */
export function shownParts(moov: Uint8Array<ArrayBuffer>): ReadonlyMap<number, ShownPart> {
  const parts = new Map<number, ShownPart>();
  const film = boxAt(moov, ['mvhd']);
  try {
    const filmUnits = film ? unitsPerSecond(film) : 0;
    for (const track of tracksOf(moov)) {
      const header = boxAt(track, ['tkhd']);
      const media = boxAt(track, ['mdia', 'mdhd']);
      const list = boxAt(track, ['edts', 'elst']);
      if (header && list && filmUnits > 0) parts.set(viewOf(header).getUint32(header[8] === 1 ? 28 : 20), shownPart(list, filmUnits, media ? unitsPerSecond(media) : filmUnits));
    }
  } catch (error) {
    // A field that lies beyond its table: the demuxer tells of the damage.
    if (!(error instanceof RangeError)) throw error;
  }
  return parts;
}

/** Of a film's or a track's header. */
function unitsPerSecond(header: Uint8Array<ArrayBuffer>): number {
  return viewOf(header).getUint32(header[8] === 1 ? 28 : 20);
}

/** Lengths are in units of the film, places in units of the track. */
function shownPart(list: Uint8Array<ArrayBuffer>, filmUnits: number, mediaUnits: number): ShownPart {
  const view = viewOf(list);
  const isLong = list[8] === 1;
  const bytes = isLong ? 20 : 12;
  let endMs = 0;
  let untilMs: number | null = null;
  /** Where a piece would have to begin that goes on with the one before, as some programs write them. */
  let next: number | null = null;
  for (let left = view.getUint32(12), at = 16; left > 0; left--, at += bytes) {
    const lengthMs = ((isLong ? Number(view.getBigUint64(at)) : view.getUint32(at)) * 1000) / filmUnits;
    const from = isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    const rate = view.getInt32(at + bytes - 4);
    if (from !== NO_MEDIA) {
      const fromMs = (from * 1000) / mediaUnits;
      const goesOn = untilMs === null || (next !== null && Math.abs(fromMs - next) <= ROUNDED_MS && untilMs === endMs);
      if (rate !== USUAL_RATE || !goesOn) return { untilMs: null, editedAtMs: endMs };
      if (lengthMs === 0) return { untilMs: null, editedAtMs: null };
      next = fromMs + lengthMs;
      untilMs = endMs + lengthMs;
    }
    endMs += lengthMs;
  }
  return { untilMs, editedAtMs: null };
}
