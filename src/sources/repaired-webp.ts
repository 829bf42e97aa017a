/** Valid chunk ids; readers skip unknown chunks (RFC 9649). */
const CHUNK_ID = /^[\x20-\x7e]{4}$/;
/** Chunks with picture data, also within frames. */
const PICTURES: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'ALPH']);
/** Metadata chunks, which come after all frames. */
const NOTES: ReadonlySet<string> = new Set(['EXIF', 'XMP ']);
const FIRST_CHUNK = 12;
const CHUNK_HEAD = 8;
/** Bytes of a frame before its picture, including the frame's own header. */
const FRAME_HEAD = 24;
/** Trailing bytes of a picture's coder that carry no picture data, and end a frame too (RFC 6386, `flush_bool_encoder`). */
const FLUSH_BYTES = 4;

export interface RepairedWebp {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Frames are missing, or may be: the data after the last complete frame was more than metadata. */
  readonly losesFrames: boolean;
}

/**
 * Truncates a WebP after the last complete chunk and corrects its length: browsers refuse a wrong length, though only metadata or the
 * last of many frames are missing. A picture that only lacks trailing bytes of its coder gets them back.
 *
 * @returns null if the file is intact, or cannot be repaired this way.
 */
export function repairedWebp(bytes: Uint8Array<ArrayBuffer>): RepairedWebp | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FIRST_CHUNK + CHUNK_HEAD) return null;
  let end = FIRST_CHUNK;
  let pictures = 0;
  let padding = 0;
  let afterNotes = false;
  while (padding === 0 && end + CHUNK_HEAD <= bytes.length) {
    const id = idAt(view, end);
    const size = view.getUint32(end + 4, true);
    const missing = end + CHUNK_HEAD + size - bytes.length;
    if (!CHUNK_ID.test(id) || (id === 'ANMF' && !isFrame(view, end, size))) break;
    const isPicture = id === 'ANMF' || PICTURES.has(id);
    if (missing > 0 && !(missing <= FLUSH_BYTES && isPicture)) break;
    if (isPicture) pictures++;
    afterNotes = NOTES.has(id) || (afterNotes && !isPicture);
    padding = Math.max(0, missing);
    end = Math.min(bytes.length, end + CHUNK_HEAD + size + (size % 2));
  }
  const length = end + padding + ((end + padding) % 2);
  const stated = CHUNK_HEAD + view.getUint32(4, true);
  if (pictures === 0 || (length === bytes.length && stated === length)) return null;
  const repaired = new Uint8Array(length);
  repaired.set(bytes.subarray(0, end));
  new DataView(repaired.buffer).setUint32(4, length - CHUNK_HEAD, true);
  // A length shorter than the chunks found is wrong; otherwise, bytes after it are not part of the WebP.
  const statedEnd = stated < end - 1 ? bytes.length : stated;
  return { bytes: repaired, losesFrames: holdsFrames(view, end, statedEnd, afterNotes) };
}

/** Whether there were, or may have been, frames from an offset on. */
function holdsFrames(view: DataView, at: number, statedEnd: number, afterNotes: boolean): boolean {
  if (statedEnd - at < CHUNK_HEAD) return false;
  if (at + CHUNK_HEAD > view.byteLength) return !afterNotes;
  const id = idAt(view, at);
  if (NOTES.has(id)) return false;
  return id === 'ANMF' || PICTURES.has(id) || !CHUNK_ID.test(id) || at + CHUNK_HEAD + view.getUint32(at + 4, true) + CHUNK_HEAD <= statedEnd;
}

function isFrame(view: DataView, at: number, size: number): boolean {
  return size >= FRAME_HEAD && at + FRAME_HEAD + 4 <= view.byteLength && PICTURES.has(idAt(view, at + FRAME_HEAD));
}

function idAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}
