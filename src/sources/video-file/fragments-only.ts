import { boxAt, boxesIn, tracksOf, typeOf, viewOf } from './iso-boxes';

/** Offset of the entry count in each sample table. */
const COUNTS = new Map([['stts', 12], ['ctts', 12], ['stss', 12], ['stsc', 12], ['stco', 12], ['co64', 12], ['stsz', 16], ['stz2', 16]]);

/**
 * Removes the samples from an MP4's moov box if fragments may follow: given both, the demuxer returns only the table's samples. Some
 * recorders write their first seconds like this.
 *
 * @param moov the whole box.
 * @returns of the same length; null if it announces no fragments, or has no samples.
 */
export function fragmentsOnly(moov: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  if (!boxAt(moov, ['mvex'])) return null;
  const emptied = moov.slice();
  let samples = 0;
  for (const track of tracksOf(emptied)) {
    const tables = boxAt(track, ['mdia', 'minf', 'stbl']);
    for (const table of tables ? boxesIn(tables) : []) {
      const at = COUNTS.get(typeOf(table));
      if (at === undefined || table.length < at + 4) continue;
      samples += viewOf(table).getUint32(at);
      viewOf(table).setUint32(at, 0);
    }
  }
  return samples > 0 ? emptied : null;
}
