import type { FileWindow } from './file-window';

/** The boxes of an MP4 lie far apart: only their headers are read. */
export const BOX_WINDOW_BYTES = 1 << 12;

export interface Box {
  readonly type: string;
  /** May lie beyond the end of the file. */
  readonly end: number;
  /** It has no length of its own and ends with the file. */
  readonly isOpen: boolean;
}

/** A box of an MP4 or MOV (ISO/IEC 14496-12); null: none can begin like this. */
export async function readBox(window: FileWindow, offset: number): Promise<Box | null> {
  const bytes = await window.read(offset, 16);
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = String.fromCharCode(...bytes.subarray(4, 8));
  if (!/^[\w©][\w -]{3}$/.test(type)) return null;
  const size = view.getUint32(0);
  if (size === 0) return { type, end: window.size, isOpen: true };
  if (size === 1) return { type, end: bytes.length < 16 ? Infinity : offset + Number(view.getBigUint64(8)), isOpen: false };
  return size < 8 ? null : { type, end: offset + size, isOpen: false };
}

/**
 * The boxes in one that is wholly in memory, with their headers, up to the first that does not fit.
 *
 * @param from where they begin: behind the header, and behind what else stands before them.
 */
export function* boxesIn(box: Uint8Array<ArrayBuffer>, from = 8): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  for (let at = from; at + 8 <= box.length; ) {
    const size = viewOf(box).getUint32(at);
    if (size < 8 || at + size > box.length) return;
    yield box.subarray(at, at + size);
    at += size;
  }
}

/** The type of a box in memory, four characters. */
export const typeOf = (box: Uint8Array) => String.fromCharCode(...box.subarray(4, 8));

export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>) => new DataView(buffer, byteOffset, byteLength);

export const tracksOf = (moov: Uint8Array<ArrayBuffer>) => [...boxesIn(moov)].filter((box) => typeOf(box) === 'trak');

/** The box that boxes of these types lead to, each within the one before. */
export function boxAt(box: Uint8Array<ArrayBuffer>, path: readonly string[]): Uint8Array<ArrayBuffer> | null {
  let found: Uint8Array<ArrayBuffer> | null = box;
  for (const type of path) found = found && ([...boxesIn(found)].find((child) => typeOf(child) === type) ?? null);
  return found;
}

/** A track's number, which fragments name it by; null where its header is missing. */
export function trackId(track: Uint8Array<ArrayBuffer>): number | null {
  const header = boxAt(track, ['tkhd']);
  return header && viewOf(header).getUint32(header[8] === 1 ? 28 : 20);
}

/** Of a film's or a track's header. */
export function unitsPerSecond(header: Uint8Array<ArrayBuffer>): number {
  return viewOf(header).getUint32(header[8] === 1 ? 28 : 20);
}

/** An outermost box and where it begins. */
export interface PlacedBox extends Box {
  readonly offset: number;
}

/** The outermost boxes of a file, up to the first that is none or not whole. */
export async function* outerBoxes(window: FileWindow, from = 0): AsyncGenerator<PlacedBox, void, undefined> {
  for (let offset = from; offset + 8 <= window.size; ) {
    const box = await readBox(window, offset);
    if (!box || box.end > window.size) return;
    yield { ...box, offset };
    offset = box.end;
  }
}
