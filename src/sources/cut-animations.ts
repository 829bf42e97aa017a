import { boxAt, boxesIn, tracksOf, typeOf, viewOf } from './video-file/iso-boxes';

/** What a file holds of its pictures. */
export interface Held {
  /** Those that are whole. */
  readonly pictures: number;
  /** The file ends before it is complete. */
  readonly isCut: boolean;
}

const GIF_HEAD = 6;
const SCREEN_BYTES = 7;
const PICTURE = 0x2c;
const EXTENSION = 0x21;
/** Of a picture's head: its place, size and flags; of an extension: its kind. */
const PICTURE_BYTES = 9;
const EXTENSION_BYTES = 1;
/** Times what is there: a longer box has a damaged length. */
const MOST_FILLED = 1000;

/** By the blocks of a GIF, the last of which browsers show in part where it breaks off. What is no block ends it for them, as its own end does. */
export function heldByGif(bytes: Uint8Array): Held {
  let at = GIF_HEAD + SCREEN_BYTES + tableBytes(bytes[GIF_HEAD + 4]);
  let pictures = 0;
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind !== PICTURE && kind !== EXTENSION) return { pictures, isCut: false };
    // A picture's table of colours, and the size of its codes.
    at += 1 + (kind === PICTURE ? PICTURE_BYTES + tableBytes(bytes[at + PICTURE_BYTES]) + 1 : EXTENSION_BYTES);
    for (let length = bytes[at]; length; length = bytes[at]) at += 1 + length;
    if (at < bytes.length && kind === PICTURE) pictures++;
    at++;
  }
  return { pictures, isCut: true };
}

/** Of a table of colours, by the flags before it. */
function tableBytes(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/**
 * An AVIF whose last box breaks off, made as long as that should be: browsers refuse it otherwise, with all pictures that are there.
 *
 * @returns null where it is whole, or its table of pictures is not to be read.
 */
export function filledAvif(bytes: Uint8Array<ArrayBuffer>): (Held & { readonly bytes: Uint8Array<ArrayBuffer> }) | null {
  const whole = [...boxesIn(bytes, 0)];
  const at = whole.reduce((sum, { length }) => sum + length, 0);
  const moov = whole.find((box) => typeOf(box) === 'moov');
  if (!moov || at + 8 > bytes.length) return null;
  const stated = viewOf(bytes).getUint32(at);
  if (at + stated <= bytes.length || stated > MOST_FILLED * bytes.length) return null;
  try {
    const filled = new Uint8Array(at + stated);
    filled.set(bytes);
    return { pictures: picturesBefore(moov, bytes.length), isCut: true, bytes: filled };
  } catch (error) {
    // A field that lies beyond its table.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** How many pictures of a film lie whole before a place, of the track that has the fewest. */
function picturesBefore(moov: Uint8Array<ArrayBuffer>, end: number): number {
  return Math.min(
    ...tracksOf(moov).map((track) => {
      const table = boxAt(track, ['mdia', 'minf', 'stbl']);
      const ends = table ? sampleEnds(table) : [];
      const cut = ends.findIndex((each) => each > end);
      return cut < 0 ? ends.length : cut;
    }),
  );
}

function sampleEnds(table: Uint8Array<ArrayBuffer>): number[] {
  const of = (type: string) => boxAt(table, [type]);
  const [toChunk, sizes, places] = [of('stsc'), of('stsz'), of('stco')];
  if (!toChunk || !sizes || !places) return [];
  const order = viewOf(toChunk);
  const fixed = viewOf(sizes).getUint32(12);
  const count = viewOf(sizes).getUint32(16);
  const ends: number[] = [];
  for (let chunk = 1, entry = 0; ends.length < count && chunk <= viewOf(places).getUint32(12); chunk++) {
    if (entry + 1 < order.getUint32(12) && order.getUint32(28 + 12 * entry) === chunk) entry++;
    let at = viewOf(places).getUint32(12 + 4 * chunk);
    for (let left = order.getUint32(20 + 12 * entry); left > 0 && ends.length < count; left--) {
      at += fixed || viewOf(sizes).getUint32(20 + 4 * ends.length);
      ends.push(at);
    }
  }
  return ends;
}
