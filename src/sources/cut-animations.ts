import { GIF_HEAD_BYTES, gifTableBytes } from './image-header';
import { boxAt, boxesIn, tracksOf, typeOf, viewOf } from './video-file/iso-boxes';

/** Pictures that a possibly truncated file contains. */
export interface Held {
  /** Number of complete pictures. */
  readonly pictures: number;
  /** The file ends before it is complete. */
  readonly isCut: boolean;
}

/** An AVIF that would be larger has a damaged picture table. */
const MOST_FILLED_BYTES = 512 << 20;

const PICTURE = 0x2c;
const EXTENSION = 0x21;
/** Bytes of a picture's header (place, size and flags) and of an extension's (its kind). */
const PICTURE_BYTES = 9;
const EXTENSION_BYTES = 1;

/** Walks a GIF's blocks; browsers show a truncated last picture in part. Anything that is not a block ends the file for them, as its trailer does. */
export function heldByGif(bytes: Uint8Array): Held {
  let at = GIF_HEAD_BYTES + gifTableBytes(bytes[10] ?? 0);
  let pictures = 0;
  let kind: number | undefined;
  while (at < bytes.length) {
    kind = bytes[at];
    if (kind !== PICTURE && kind !== EXTENSION) return { pictures, isCut: false };
    // A picture's colour table, and the code size.
    at += 1 + (kind === PICTURE ? PICTURE_BYTES + gifTableBytes(bytes[at + PICTURE_BYTES] ?? 0) + 1 : EXTENSION_BYTES);
    for (let length = bytes[at]; length; length = bytes[at]) at += 1 + length;
    if (at < bytes.length && kind === PICTURE) pictures++;
    at++;
  }
  // Behind a complete picture, only the trailer is sure to be missing.
  return { pictures, isCut: at > bytes.length || kind !== PICTURE };
}

/**
 * Extends a truncated last box of an AVIF to its stated length, or to the end of its last picture: browsers otherwise refuse the file with all its complete pictures.
 *
 * @returns null if the file is complete, or its picture table is unreadable.
 */
export function filledAvif(bytes: Uint8Array<ArrayBuffer>): (Held & { readonly bytes: Uint8Array<ArrayBuffer> }) | null {
  const whole = [...boxesIn(bytes, 0)];
  const at = whole.reduce((sum, { length }) => sum + length, 0);
  const moov = whole.find((box) => typeOf(box) === 'moov');
  if (!moov || at + 8 > bytes.length) return null;
  const stated = viewOf(bytes).getUint32(at);
  if (at + stated <= bytes.length) return null;
  try {
    const tracks = tracksOf(moov).map(sampleEnds);
    // A damaged length may be anything, up to 4 GB.
    const end = tracks.flat().reduce((last, each) => Math.max(last, each), bytes.length);
    if (end > MOST_FILLED_BYTES) return null;
    const filled = new Uint8Array(Math.min(at + stated, end));
    filled.set(bytes);
    viewOf(filled).setUint32(at, filled.length - at);
    return { pictures: picturesBefore(tracks, bytes.length), isCut: true, bytes: filled };
  } catch (error) {
    // A field beyond the end of its table.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Number of pictures complete before an offset, in the track with the fewest. */
function picturesBefore(tracks: readonly (readonly number[])[], end: number): number {
  return Math.min(
    ...tracks.map((ends) => {
      const cut = ends.findIndex((each) => each > end);
      return cut < 0 ? ends.length : cut;
    }),
  );
}

/** Where the pictures of a track end in the file. */
function sampleEnds(track: Uint8Array<ArrayBuffer>): number[] {
  const of = (type: string) => boxAt(track, ['mdia', 'minf', 'stbl', type]);
  const [toChunk, sizes, near, far] = [of('stsc'), of('stsz'), of('stco'), of('co64')];
  const places = near ?? far;
  if (!toChunk || !sizes || !places) return [];
  const order = viewOf(toChunk);
  const fixed = viewOf(sizes).getUint32(12);
  const count = viewOf(sizes).getUint32(16);
  const ends: number[] = [];
  for (let chunk = 1, entry = 0; ends.length < count && chunk <= viewOf(places).getUint32(12); chunk++) {
    if (entry + 1 < order.getUint32(12) && order.getUint32(28 + 12 * entry) === chunk) entry++;
    let at = near ? viewOf(near).getUint32(12 + 4 * chunk) : Number(viewOf(places).getBigUint64(8 + 8 * chunk));
    for (let left = order.getUint32(20 + 12 * entry); left > 0 && ends.length < count; left--) {
      at += fixed || viewOf(sizes).getUint32(20 + 4 * ends.length);
      ends.push(at);
    }
  }
  return ends;
}
