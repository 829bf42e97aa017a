import { boxAt, tracksOf, viewOf } from './iso-boxes';

const TABLE = ['mdia', 'minf', 'stbl', 'stts'];
/** Deltas above this are small negative numbers, as in ffmpeg: the field is unsigned (ISO/IEC 14496-12, 8.6.1.2). */
const MOST_DELTA = 0xffff_ffff - 480_000;

/**
 * Replaces negative time deltas between samples by 1, in place. Later deltas compensate, so that times agree again.
 *
 * @param moov the whole box.
 * @returns whether there were any.
 */
export function replaceNegativeDeltas(moov: Uint8Array<ArrayBuffer>): boolean {
  return tracksOf(moov).map((track) => replaceIn(boxAt(track, TABLE))).includes(true);
}

function replaceIn(table: Uint8Array<ArrayBuffer> | null): boolean {
  if (!table || table.length < 16) return false;
  const view = viewOf(table);
  const entries = Math.min(view.getUint32(12), Math.floor((table.length - 16) / 8));
  let found = false;
  /** Lead of the new times. */
  let ahead = 0;
  for (let at = 16; at < 16 + 8 * entries; at += 8) {
    const count = Math.max(1, view.getUint32(at));
    const delta = view.getUint32(at + 4);
    const isNegative = delta > MOST_DELTA;
    found ||= isNegative;
    if (isNegative) ahead += (1 - (delta | 0)) * count;
    const correction = isNegative ? 0 : Math.max(0, Math.min(Math.floor(ahead / count), delta - 1));
    ahead -= correction * count;
    if (isNegative || correction > 0) view.setUint32(at + 4, isNegative ? 1 : delta - correction);
  }
  return found;
}
