/** Where a film can begin behind bytes that are none of it: a header that a download kept, a card's empty blocks. */
export const FURTHEST_START = 1 << 20;

/** What begins an MP4 or MOV; only the first is telling enough to be taken for a beginning amid other bytes. */
const BOXES = /^[^]{4}(?:ftyp|styp|moov|mdat|moof|free|skip|wide|pnot)/;
/** A box of a plausible length with a readable brand. */
export const FILE_TYPE_BOX = /\x00\x00[\x00-\x03][^]ftyp[\x20-\x7e]{4}/;
const MATROSKA = /\x1a\x45\xdf\xa3[^]{1,60}?(?:webm|matroska)/;
const AVI = /RIFF[^]{4}AVI LIST/;
/** Packets of 188 bytes, of 192 with their sync byte behind four others, and of 204. */
const TRANSPORT = [/(?:\x47[^]{187}){4}\x47/, /(?:[^]{4}\x47[^]{187}){4}[^]{4}\x47/, /(?:\x47[^]{203}){4}\x47/];
/** Less certain: enough where it is the file's first byte. */
const TRANSPORT_START = [/^(?:\x47[^]{187}){2}\x47/, /^(?:[^]{4}\x47[^]{187}){2}[^]{4}\x47/, /^(?:\x47[^]{203}){2}\x47/];
const STARTS = [BOXES, /^\x1a\x45\xdf\xa3/, /^RIFF[^]{4}AVI /, ...TRANSPORT_START];

/**
 * Where the first film begins in a file's first bytes, of a kind that can be read; -1: nowhere.
 *
 * @param start one character a byte.
 */
export function filmStart(start: string): number {
  if (STARTS.some((kind) => kind.test(start))) return 0;
  const places = [FILE_TYPE_BOX, MATROSKA, AVI, ...TRANSPORT].map((kind) => start.search(kind)).filter((place) => place >= 0);
  return places.length > 0 ? Math.min(...places) : -1;
}
