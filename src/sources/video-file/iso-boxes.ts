import type { FileWindow } from './file-window';

/** Window for MP4 boxes, which are far apart: only their headers are read. */
export const BOX_WINDOW_BYTES = 1 << 12;

export interface Box {
  readonly type: string;
  /** May be beyond the end of the file. */
  readonly end: number;
  /** It has no length and extends to the end of the file. */
  readonly isOpen: boolean;
}

/** Reads a box of an MP4 or MOV (ISO/IEC 14496-12); null: not a valid box. */
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
 * Child boxes of one in memory, with their headers, up to the first that does not fit.
 *
 * @param from offset of the first child, after the header and any fields.
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

/** The box at a path of nested types. */
export function boxAt(box: Uint8Array<ArrayBuffer>, path: readonly string[]): Uint8Array<ArrayBuffer> | null {
  let found: Uint8Array<ArrayBuffer> | null = box;
  for (const type of path) found = found && ([...boxesIn(found)].find((child) => typeOf(child) === type) ?? null);
  return found;
}

export function isPictureTrack(track: Uint8Array<ArrayBuffer>): boolean {
  const handler = boxAt(track, ['mdia', 'hdlr']);
  return handler !== null && String.fromCharCode(...handler.subarray(16, 20)) === 'vide';
}

/** Whether a film has tracks, all of them for other things than pictures: sound, subtitles, time codes. */
export async function hasOnlyOtherTracks(window: FileWindow): Promise<boolean> {
  for await (const { offset, end, type } of outerBoxes(window)) {
    if (type !== 'moov') continue;
    const tracks = tracksOf((await window.read(offset, end - offset)).slice());
    return tracks.length > 0 && !tracks.some(isPictureTrack);
  }
  return false;
}

/** A track's id, which fragments refer to; null if its header is missing. */
export function trackId(track: Uint8Array<ArrayBuffer>): number | null {
  const header = boxAt(track, ['tkhd']);
  return header && viewOf(header).getUint32(header[8] === 1 ? 28 : 20);
}

/** Time scale in a film's or a track's header. */
export function unitsPerSecond(header: Uint8Array<ArrayBuffer>): number {
  return viewOf(header).getUint32(header[8] === 1 ? 28 : 20);
}

/** A top-level box and its offset. */
export interface PlacedBox extends Box {
  readonly offset: number;
}

/** One step of a walk over boxes. */
export interface BoxStep {
  readonly offset: number;
  /** Null: no valid box. */
  readonly box: Box | null;
  /** Offset of the next step, which the caller may change. Default: after the box; the end of the file after an invalid one. */
  next: number;
}

/** Walks over a file's top-level boxes, or the children of one. */
export async function* walkBoxes(window: FileWindow, from = 0): AsyncGenerator<BoxStep, void, undefined> {
  for (let offset = from; offset + 8 <= window.size; ) {
    const box = await readBox(window, offset);
    const step: BoxStep = { offset, box, next: box?.end ?? window.size };
    yield step;
    offset = step.next;
  }
}

/** The top-level boxes of a file, up to the first invalid or truncated one. */
export async function* outerBoxes(window: FileWindow): AsyncGenerator<PlacedBox, void, undefined> {
  for await (const { offset, box } of walkBoxes(window)) {
    if (!box || box.end > window.size) return;
    yield { ...box, offset };
  }
}
