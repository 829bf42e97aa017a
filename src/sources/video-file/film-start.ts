/** Maximum offset of a film after foreign bytes: a leftover download header, a card's empty blocks. */
export const FURTHEST_START = 1 << 20;

/** First boxes of an MP4 or MOV; only `ftyp` is distinctive enough to be found among other bytes. */
const BOXES = /^[^]{4}(?:ftyp|styp|moov|mdat|moof|free|skip|wide|pnot)/;
/** A box of a plausible length with a readable brand. */
export const FILE_TYPE_BOX = /\x00\x00[\x00-\x03][^]ftyp[\x20-\x7e]{4}/;
const MATROSKA = /\x1a\x45\xdf\xa3[^]{1,60}?(?:webm|matroska)/;
const AVI = /RIFF[^]{4}AVI LIST/;
/** Packets of 188 bytes, of 192 with their sync byte after four others, and of 204. */
const TRANSPORT = [/(?:\x47[^]{187}){4}\x47/, /(?:[^]{4}\x47[^]{187}){4}[^]{4}\x47/, /(?:\x47[^]{203}){4}\x47/];
/** Less certain: accepted only at the file's start. */
const TRANSPORT_START = [/^(?:\x47[^]{187}){2}\x47/, /^(?:[^]{4}\x47[^]{187}){2}[^]{4}\x47/, /^(?:\x47[^]{203}){2}\x47/];
const STARTS = [BOXES, /^\x1a\x45\xdf\xa3/, /^RIFF[^]{4}AVI /, ...TRANSPORT_START];

/**
 * Offset of the first film of a readable kind in a file's first bytes; -1: none.
 *
 * @param start one character per byte.
 */
export function filmStart(start: string): number {
  if (STARTS.some((kind) => kind.test(start))) return 0;
  const places = [FILE_TYPE_BOX, MATROSKA, AVI, ...TRANSPORT].map((kind) => start.search(kind)).filter((place) => place >= 0);
  return places.length > 0 ? Math.min(...places) : -1;
}
