import { boxAt, tracksOf, viewOf } from './iso-boxes';

/** Of an edit without pictures, which only delays the ones behind it. */
const NO_MEDIA = -1;
const USUAL_RATE = 1;

/**
 * Until when an MP4's tracks are shown: what a phone or an editor trimmed off may still be in the file, and no player shows it.
 *
 * @param moov the whole box.
 * @returns ms on the clock of the film by the tracks' ids, of those with one edit that has an end.
 */
export function shownUntil(moov: Uint8Array<ArrayBuffer>): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const film = boxAt(moov, ['mvhd']);
  try {
    const unitsPerSecond = film ? viewOf(film).getUint32(film[8] === 1 ? 28 : 20) : 0;
    for (const track of tracksOf(moov)) {
      const header = boxAt(track, ['tkhd']);
      const list = boxAt(track, ['edts', 'elst']);
      const units = list && endOf(list);
      if (header && units && unitsPerSecond > 0) ends.set(viewOf(header).getUint32(header[8] === 1 ? 28 : 20), (units * 1000) / unitsPerSecond);
    }
  } catch (error) {
    // A field that lies beyond its table: the demuxer tells of the damage.
    if (!(error instanceof RangeError)) throw error;
  }
  return ends;
}

/** End of a list's only edit, in units of the film; null: there are several, or it goes on to the end or at another speed. */
function endOf(list: Uint8Array<ArrayBuffer>): number | null {
  const view = viewOf(list);
  const isLong = list[8] === 1;
  const bytes = isLong ? 20 : 12;
  let end = 0;
  for (let left = view.getUint32(12), at = 16; left > 0; left--, at += bytes) {
    const length = isLong ? Number(view.getBigUint64(at)) : view.getUint32(at);
    const from = isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    end += length;
    if (from === NO_MEDIA) continue;
    return left === 1 && length > 0 && view.getInt16(at + bytes - 4) === USUAL_RATE ? end : null;
  }
  return null;
}
