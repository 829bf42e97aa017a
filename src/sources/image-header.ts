import type { Size } from '../engine/geometry';

export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'bmp' | 'ico' | 'avif' | 'svg' | 'heic' | 'other-image';

/** Information from a file's own bytes, without decoding. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** Stored pixels, before any rotation; null if the header lacks it (SVG, a broken header). */
  readonly size: Size | null;
  /** Whether pixels may be transparent. */
  readonly alpha: boolean;
  /** Coded in a way that few browsers decode, e.g. with 12 bits per channel. */
  readonly isUncommon?: true;
}

/** Recognises a picture by its content, not its name. Null: unknown format. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (startsWith(bytes, [0xff, 0xd8, 0xff])) return readJpeg(view);
    if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return readPng(view);
    if (text(view, 0, 4) === 'GIF8') return readGif(view);
    if (text(view, 0, 4) === 'RIFF' && text(view, 8, 4) === 'WEBP') return readWebp(view);
    if (text(view, 0, 2) === 'BM') return readBmp(view);
    if (text(view, 4, 4) === 'ftyp') return readIsoMedia(view);
    if (startsWith(bytes, [0, 0, 1, 0])) return readIcon(view);
    if (OTHER_SIGNATURES.some((signature) => startsWith(bytes, signature))) return unmeasured('other-image');
    return hasSvgRoot(bytes) ? unmeasured('svg') : null;
  } catch (error) {
    // Read past the end: the file breaks off within its own header.
    if (error instanceof RangeError) return unmeasured(formatOfStart(view));
    throw error;
  }
}

/** First bytes of picture formats that few browsers open. */
const OTHER_SIGNATURES: readonly (readonly number[])[] = [
  // TIFF in both byte orders, and most raw files of cameras (CR2, NEF, ARW, DNG, PEF); then as BigTIFF.
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
  [0x49, 0x49, 0x2b, 0x00],
  [0x4d, 0x4d, 0x00, 0x2b],
  // JPEG XL, bare and boxed; JPEG 2000 likewise.
  [0xff, 0x0a],
  [0x00, 0x00, 0x00, 0x0c, 0x4a, 0x58, 0x4c, 0x20],
  [0xff, 0x4f, 0xff, 0x51],
  [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20],
  // Photoshop; raw files of Olympus, Panasonic, Fujifilm, Sigma and Minolta.
  ...['8BPS', 'IIRO', 'IIRS', 'MMOR', 'IIU\0', 'FUJIFILM', 'FOVb', '\0MRM'].map(bytesOf),
  // Netpbm, in which collections of faces are distributed; PCX, cursors and Targa.
  ...['1', '2', '3', '4', '5', '6', '7', 'F', 'f'].flatMap((kind) => ['\n', ' ', '\r'].map((space) => bytesOf(`P${kind}${space}`))),
  ...['\n\x05\x01', '\0\0\x02\0\x01\0', ...['\x02', '\x03', '\n'].map((kind) => `\0\0${kind}\0\0\0\0\0`)].map(bytesOf),
  // OpenEXR, Radiance, QOI, Sun raster, SGI, FITS, DPX, DirectDraw, GIMP and icons of macOS.
  ...['v/1\x01', '#?RADIANCE', 'qoif', 'Y\xa6j\x95', '\x01\xda', 'SIMPLE  =', 'SDPX', 'XPDS', 'DDS ', 'gimp xcf', 'icns'].map(bytesOf),
];

function bytesOf(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function formatOfStart(view: DataView): ImageFormat {
  const first = view.getUint8(0);
  if (first === 0xff) return 'jpeg';
  if (first === 0x89) return 'png';
  if (first === 0x47) return 'gif';
  if (first === 0x52) return 'webp';
  return first === 0x42 ? 'bmp' : 'other-image';
}

function header(format: ImageFormat, width: number, height: number, alpha = false): ImageHeader {
  return { format, size: width > 0 && height > 0 ? { width, height } : null, alpha };
}

function unmeasured(format: ImageFormat): ImageHeader {
  return { format, size: null, alpha: true };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** ASCII text at an offset; shorter where the file ends. */
function text(view: DataView, offset: number, length: number): string {
  let out = '';
  for (let i = offset; i < Math.min(offset + length, view.byteLength); i++) out += String.fromCharCode(view.getUint8(i));
  return out;
}

/** Baseline, extended and progressive. */
const COMMON_JPEG_FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
/** Frame of a JPEG-LS file (ITU-T T.87). */
const JPEG_LS_FRAME = 0xf7;

/** Reads segments up to the frame's own (ITU-T T.81, annex B). Skips stray bytes between segments, as libjpeg does. */
function readJpeg(view: DataView): ImageHeader {
  let offset = 2;
  for (;;) {
    if (view.getUint8(offset) !== 0xff) {
      offset += 1;
      continue;
    }
    const marker = view.getUint8(offset + 1);
    const isFrame = (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) || marker === JPEG_LS_FRAME;
    if (isFrame) {
      const isUncommon = view.getUint8(offset + 4) !== 8 || !COMMON_JPEG_FRAMES.has(marker);
      return { ...header('jpeg', view.getUint16(offset + 7), view.getUint16(offset + 5)), ...(isUncommon && { isUncommon }) };
    }
    // Fill bytes, a stuffed one, and markers without a segment.
    if (marker === 0xff) offset += 1;
    else if (marker === 0 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9)) offset += 2;
    else offset += 2 + view.getUint16(offset + 2);
  }
}

function readPng(view: DataView): ImageHeader {
  // Xcode compresses PNGs of iPhone apps in its own way, and says so in a chunk before the header.
  if (text(view, 12, 4) === 'CgBI') return { ...header('png', view.getUint32(32), view.getUint32(36), true), isUncommon: true };
  const colorType = view.getUint8(25);
  return header('png', view.getUint32(16), view.getUint32(20), colorType >= 3 || namesTransparent(view));
}

/** Signature and screen of a GIF, before its colour table. */
export const GIF_HEAD_BYTES = 13;

/** Size of a GIF's colour table, from the flags before it. */
export function gifTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Browsers enlarge the stated size, which may be 0, to that of the first picture. */
function readGif(view: DataView): ImageHeader {
  let [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  let at = GIF_HEAD_BYTES + gifTableBytes(view.getUint8(10));
  // Extensions: two bytes, then blocks that begin with their length; an empty one is the last.
  while (view.getUint8(at) === 0x21) {
    at += 2;
    while (view.getUint8(at) > 0) at += 1 + view.getUint8(at);
    at += 1;
  }
  if (view.getUint8(at) === 0x2c) {
    width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
    height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
  }
  return header('gif', width, height, true);
}

/** Whether a PNG marks a colour as transparent: a `tRNS` chunk before the picture data. */
function namesTransparent(view: DataView): boolean {
  for (let offset = 8; offset + 8 <= view.byteLength; offset += 12 + view.getUint32(offset)) {
    const type = text(view, offset + 4, 4);
    if (type === 'tRNS' || type === 'IDAT') return type === 'tRNS';
  }
  return false;
}

/** Lossy (VP8), lossless (VP8L) and extended (VP8X) files store their size in three ways (RFC 9649). */
function readWebp(view: DataView): ImageHeader {
  const chunk = text(view, 12, 4);
  if (chunk === 'VP8 ') return header('webp', view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return header('webp', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1, true);
  }
  if (chunk === 'VP8X') return header('webp', uint24(view, 24) + 1, uint24(view, 27) + 1, (view.getUint8(20) & 0x10) !== 0);
  return unmeasured('webp');
}

/** Icons hold their picture in several sizes; browsers use the largest. 0 stands for 256. */
function readIcon(view: DataView): ImageHeader | null {
  const count = view.getUint16(4, true);
  if (count === 0 || count > 100) return null;
  const sides = Array.from({ length: count }, (_, i) => ({ width: view.getUint8(6 + 16 * i) || 256, height: view.getUint8(7 + 16 * i) || 256 }));
  const size = sides.reduce((largest, each) => (each.width * each.height > largest.width * largest.height ? each : largest));
  return header('ico', size.width, size.height, true);
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}

/** Rows are top-down if the height is negative; the oldest header has 16-bit sizes. */
function readBmp(view: DataView): ImageHeader | null {
  const headerBytes = view.getUint32(14, true);
  // Text may begin with BM too.
  if (headerBytes < 12 || headerBytes > 124) return null;
  const old = headerBytes === 12;
  const width = old ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = old ? view.getUint16(20, true) : view.getInt32(22, true);
  return header('bmp', Math.abs(width), Math.abs(height), true);
}

/** AVIF and HEIC share a container and differ in their brands (ISO/IEC 23008-12). Other brands are films, not pictures. */
function readIsoMedia(view: DataView): ImageHeader | null {
  const end = Math.min(view.getUint32(0), view.byteLength);
  const brands: string[] = [text(view, 8, 4)];
  for (let offset = 16; offset + 4 <= end; offset += 4) brands.push(text(view, offset, 4));
  if (brands.some((b) => b === 'avif' || b === 'avis')) return { format: 'avif', size: largestExtent(view), alpha: true };
  if (brands.some((b) => /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(b))) return unmeasured('heic');
  // A raw file of Canon's (CR3).
  if (brands.includes('crx ')) return unmeasured('other-image');
  return null;
}

/** Every item has an `ispe` box with its size; the picture is the largest, thumbnails and tiles are smaller. */
function largestExtent(view: DataView): Size | null {
  const searched = Math.min(view.byteLength - 16, 64 * 1024);
  let largest: Size | null = null;
  for (let offset = 0; offset < searched; offset++) {
    if (view.getUint32(offset) !== 0x69737065) continue;
    const size = { width: view.getUint32(offset + 8), height: view.getUint32(offset + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

/** Maximum bytes of a drawing before its root element. */
const PROLOG_BYTES = 64 * 1024;
/** Precedes an XML file's root element: instructions, comments and a document type. */
const PROLOG_PART = /\s*(?:<\?[^]*?\?>|<!--[^]*?-->|<!doctype[^[>]*(?:\[[^]*?\]\s*)?>)/iy;
/** Some programs write a prefix, as in `<ns0:svg`. */
const SVG_ROOT = /\s*<(?:[\w.-]+:)?svg[\s/>]/iy;

function hasSvgRoot(bytes: Uint8Array): boolean {
  const start = xmlText(bytes.subarray(0, PROLOG_BYTES));
  let at = 0;
  for (PROLOG_PART.lastIndex = 0; PROLOG_PART.test(start); ) at = PROLOG_PART.lastIndex;
  SVG_ROOT.lastIndex = at;
  return SVG_ROOT.test(start);
}

/** Text of an XML file in UTF-8 or UTF-16, without a byte-order mark. */
function xmlText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff || second === 0 ? 'utf-16le' : first === 0xfe || first === 0 ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
