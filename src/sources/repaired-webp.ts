/** The chunks of a WebP (RFC 9649). */
const CHUNKS: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP', 'EXIF', 'XMP ', 'XXXX']);
/** Those that hold a picture, in a chunk that is a frame too. */
const PICTURES: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'ALPH']);
const FIRST_CHUNK = 12;
/** What stands in a frame before its picture, with the frame's own header. */
const FRAME_HEAD = 24;
/** The coder of a picture, which is the last of a frame too, ends with so many bytes that hold nothing more of it (RFC 6386, `flush_bool_encoder`). */
const FLUSH_BYTES = 4;

/**
 * A WebP up to the last chunk that is whole, with a length that says so: browsers refuse one whose length does not fit, though only notes
 * behind the picture or the last frames of many are missing. A picture that lacks no more than the bytes of its coder's end gets them back.
 *
 * @returns null where the file is sound, or where that makes it no sounder.
 */
export function repairedWebp(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FIRST_CHUNK + 8) return null;
  let end = FIRST_CHUNK;
  let pictures = 0;
  let padding = 0;
  while (padding === 0 && end + 8 <= bytes.length) {
    const id = idAt(view, end);
    const size = view.getUint32(end + 4, true);
    const missing = end + 8 + size - bytes.length;
    if (!CHUNKS.has(id) || (id === 'ANMF' && !isFrame(view, end, size))) break;
    const isPicture = id === 'ANMF' || PICTURES.has(id);
    if (missing > 0 && !(missing <= FLUSH_BYTES && isPicture)) break;
    if (isPicture) pictures++;
    padding = Math.max(0, missing);
    end = Math.min(bytes.length, end + 8 + size + (size % 2));
  }
  const length = end + padding + ((end + padding) % 2);
  if (pictures === 0 || (length === bytes.length && view.getUint32(4, true) === length - 8)) return null;
  const repaired = new Uint8Array(length);
  repaired.set(bytes.subarray(0, end));
  new DataView(repaired.buffer).setUint32(4, length - 8, true);
  return repaired;
}

function isFrame(view: DataView, at: number, size: number): boolean {
  return size >= FRAME_HEAD && at + FRAME_HEAD + 4 <= view.byteLength && PICTURES.has(idAt(view, at + FRAME_HEAD));
}

function idAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}
