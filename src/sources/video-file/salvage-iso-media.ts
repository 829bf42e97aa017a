import { MienError } from '../../engine/errors';
import type { FileWindow } from './file-window';
import { readBox } from './iso-boxes';
import { withSmallChunks } from './split-chunks';
import { joined, noIndex, searchFor, type Salvaged } from './salvaged-file';

const FILM_BOXES = new Set(['moov', 'mdat', 'moof']);
/** "trak" */
const TRACK = 0x7472616b;

/** MP4 and MOV (ISO/IEC 14496-12): their outermost boxes. Fragments behind a damaged box are found again by their `moof`. */
export async function salvageIsoMedia(file: Blob, window: FileWindow): Promise<Salvaged> {
  const kept: [number, number][] = [];
  let keptFrom = 0;
  let indexed = false;
  let cutShort = false;
  let lacksBytes = false;
  let isOpen = false;
  let isFragmented = false;
  let smallChunks: Replacement | null = null;
  let offset = 0;
  while (offset + 8 <= window.size) {
    const box = await readBox(window, offset);
    if (!box) {
      const next = await searchFor(window, offset, 0, (at) => isFragment(window, at));
      kept.push([keptFrom, offset]);
      keptFrom = next < 0 ? window.size : next;
      // Garbage at the very end is what a full disk or a failing card leaves; only a table of all frames tells whether they are there.
      cutShort ||= next < 0 && isFragmented;
      offset = keptFrom;
      continue;
    }
    lacksBytes ||= box.end > window.size;
    // Others are notes, or no boxes at all but look like one.
    cutShort ||= box.end > window.size && FILM_BOXES.has(box.type);
    isOpen ||= box.isOpen;
    isFragmented ||= box.type === 'moof';
    const moov = box.type === 'moov' && box.end > window.size ? wholeTracks((await window.read(offset, window.size - offset)).slice()) : null;
    if (moov) {
      expectReadable(moov);
      expectPlausible(moov, window.size);
      return { file: joined(file, [[0, offset], moov]), cutShort: true, lacksBytes: true, holesMs: [] };
    }
    if (box.type === 'moov' && box.end <= window.size) {
      const bytes = (await window.read(offset, box.end - offset)).slice();
      expectReadable(bytes);
      expectPlausible(bytes, window.size);
      const moov = withSmallChunks(bytes);
      smallChunks ??= moov && { start: offset, end: box.end, moov };
      indexed = true;
    }
    offset = box.end;
  }
  if (!indexed) throw noIndex();
  const holes = kept.length - (keptFrom === window.size ? 1 : 0);
  // Behind a box that goes on to the end of the file, no other can be appended.
  if (kept.length === 0 && smallChunks && !lacksBytes && !isOpen) return { file: replaced(file, smallChunks), cutShort, lacksBytes: false, holesMs: [] };
  if (kept.length === 0) return { file, cutShort, lacksBytes, holesMs: [] };
  if (keptFrom < window.size) kept.push([keptFrom, window.size]);
  return { file: joined(file, kept), cutShort, lacksBytes: true, holesMs: Array.from({ length: Math.max(0, holes) }, () => null) };
}

/** A table of contents in the place of the one that lies from `start` to `end`. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly moov: Uint8Array<ArrayBuffer>;
}

/** Frames are found by their place in the file: it stays, the new table comes last, and the old one becomes free space. */
function replaced(file: Blob, { start, end, moov }: Replacement): Blob {
  return joined(file, [[0, start + 4], 'free', [start + 8, end], [end, file.size], moov]);
}

/** A table of contents that lacks its end, where only notes on the film stand: closed behind its last whole track; null: it has none. */
function wholeTracks(moov: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(moov.buffer, moov.byteOffset, moov.byteLength);
  let end = 8;
  let tracksEnd = 0;
  while (end + 8 <= moov.length && view.getUint32(end) >= 8 && end + view.getUint32(end) <= moov.length) {
    const isTrack = view.getUint32(end + 4) === TRACK;
    end += view.getUint32(end);
    if (isTrack) tracksEnd = end;
  }
  if (tracksEnd === 0) return null;
  view.setUint32(0, tracksEnd);
  return moov.slice(0, tracksEnd);
}

/** @throws MienError `video/encrypted`: its frames are described as those of an encrypted track (ISO/IEC 23001-7). */
function expectReadable(bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (['encv', 'sinf', 'schm'].every((type) => !tablesNamed(type, view).next().done)) throw new MienError('video', 'encrypted');
}

/**
 * Tables of samples that count more of them than the file has bytes would exhaust the memory when they are expanded.
 *
 * @throws MienError `video/damaged`.
 */
function expectPlausible(bytes: Uint8Array<ArrayBuffer>, fileBytes: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counts = [...tablesNamed('stts', view), ...tablesNamed('ctts', view)].map((at) => {
    const entries = Math.min(view.getUint32(at + 8), Math.floor((view.byteLength - at - 12) / 8));
    let samples = 0;
    for (let i = 0; i < entries; i++) samples += view.getUint32(at + 12 + 8 * i);
    return samples;
  });
  if (counts.some((samples) => samples > fileBytes)) throw new MienError('video', 'damaged', 'impossible table of samples');
}

/** Where boxes of a type have their type, as long as their first numbers are there. */
function* tablesNamed(type: string, view: DataView): Generator<number, void, undefined> {
  const wanted = new TextEncoder().encode(type).reduce((value, byte) => value * 256 + byte, 0);
  for (let at = 0; at + 12 <= view.byteLength; at++) if (view.getUint32(at) === wanted) yield at;
}

async function isFragment(window: FileWindow, offset: number): Promise<boolean> {
  const bytes = await window.read(offset, 16);
  return bytes.length === 16 && String.fromCharCode(...bytes.subarray(4, 8)) === 'moof' && String.fromCharCode(...bytes.subarray(12, 16)) === 'mfhd';
}
