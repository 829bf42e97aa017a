import { byteText } from './byte-text';

const ORIENTATION_TAG = 0x0112;

/**
 * EXIF orientation of a WebP file, which browsers do not apply, and the file without its EXIF chunk, so that no browser applies it
 * a second time.
 */
export function takeWebpOrientation(bytes: Uint8Array<ArrayBuffer>): { readonly orientation: number; readonly file: Uint8Array<ArrayBuffer> } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Chunks begin at even offsets (RFC 9649).
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    if (view.getUint32(at) === 0x45584946) {
      const orientation = orientationIn(bytes.subarray(at + 8, at + 8 + size));
      const file = bytes.slice();
      file.set([0x58, 0x58, 0x58, 0x58], at);
      // The extended header announces the chunk.
      file[20] = (file[20] ?? 0) & ~0x08;
      return { orientation, file };
    }
    at += 8 + size + (size % 2);
  }
  return { orientation: 1, file: bytes };
}

/** Markers of EXIF data in a JPEG and a PNG, which precede the picture data. */
const EXIF_MARKS = { jpeg: 'Exif\0\0', png: 'eXIf' } as const;

/** The orientation that browsers apply to a JPEG or PNG, 1–8. @param start its first bytes. */
export function appliedOrientation(start: Uint8Array, format: keyof typeof EXIF_MARKS): number {
  const mark = EXIF_MARKS[format];
  const at = byteText(start).indexOf(mark);
  return at < 0 ? 1 : orientationIn(start.subarray(at + mark.length));
}

/** Orientation 1–8 of a TIFF structure, after the prefix that some programs write; 1 if missing. */
function orientationIn(exif: Uint8Array): number {
  const prefixed = exif[0] === 0x45 && exif[1] === 0x78 && exif[2] === 0x69 && exif[3] === 0x66;
  const tiff = exif.subarray(prefixed ? 6 : 0);
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 8) return 1;
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries && directory + 14 + 12 * i <= tiff.length; i++) {
    const at = directory + 2 + 12 * i;
    if (view.getUint16(at, little) !== ORIENTATION_TAG) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
