import { MienError } from '../../engine/errors';
import { shownParts } from './edit-list';
import { FileWindow } from './file-window';
import { FragmentLosses } from './fragment-losses';
import { withRightPlaces } from './fragment-places';
import { FragmentRepeats } from './fragment-repeats';
import { fragmentsOnly } from './fragments-only';
import { BOX_WINDOW_BYTES, boxAt, boxesIn, isPictureTrack, tracksOf, typeOf, viewOf, walkBoxes, type BoxStep } from './iso-boxes';
import { mendSampleCounts } from './sample-counts';
import { changesIn, withOneDescription } from './sample-descriptions';
import { withSmallChunks } from './split-chunks';
import { joined, noIndex, searchFor, type Salvaged } from './salvaged-file';
import { replaceNegativeDeltas } from './time-deltas';

const FILM_BOXES = new Set(['moov', 'mdat', 'moof']);
/** Larger truncated moov boxes are not closed: size, offset and order take up to 20 bytes per frame, at up to 2.6 million frames a day. */
const MOST_TABLE_BYTES = 64 << 20;

/** Checks the top-level boxes of an MP4 or MOV (ISO/IEC 14496-12). Fragments after a damaged box are found by their `moof`. */
export async function salvageIsoMedia(file: Blob, window: FileWindow): Promise<Salvaged> {
  const kept: [number, number][] = [];
  let keptFrom = 0;
  let indexed = false;
  let cutShort = false;
  let lacksBytes = false;
  let isOpen = false;
  let isFragmented = false;
  let hasIndexes = false;
  let smallChunks: Replacement | null = null;
  let fragments: Blob | null = null;
  let shown: Salvaged['shown'];
  const missing = new FragmentLosses();
  const repeats = new FragmentRepeats();
  const search = new FragmentSearch(window);
  for await (const step of walkBoxes(window)) {
    const { offset, box } = step;
    // The demuxer does not read a partial fragment table.
    const isPartTable = box?.type === 'moof' && box.end > window.size;
    const isStrange = box !== null && isFragmented && !USUAL_BOXES.has(box.type);
    const next = !box || isPartTable || isStrange ? await search.after(offset) : -1;
    // Bytes behind a hole may resemble a box, which would hide the fragments in it.
    if (!box || isPartTable || (isStrange && next >= 0 && next < box.end)) {
      kept.push([keptFrom, offset]);
      keptFrom = next < 0 ? window.size : next;
      // Garbage at the very end comes from a full disk or a failing card; only a complete sample table shows whether all frames are there.
      cutShort ||= next < 0 && (isFragmented || isPartTable);
      step.next = keptFrom;
      continue;
    }
    lacksBytes ||= box.end > window.size;
    // Others are metadata, or garbage that resembles a box.
    cutShort ||= box.end > window.size && FILM_BOXES.has(box.type);
    isOpen ||= box.isOpen;
    hasIndexes ||= box.type === 'sidx';
    const inPlace = box.type === 'moof' && hasIndexes && !isFragmented ? await withRightPlaces(file, window) : null;
    if (inPlace) return salvageIsoMedia(inPlace, new FileWindow(inPlace, BOX_WINDOW_BYTES));
    isFragmented ||= box.type === 'moof';
    if (box.type === 'moof') {
      const moof = (await window.read(offset, box.end - offset)).slice();
      if (!repeats.isRepeat(moof, offset)) missing.readFragment(moof);
    }
    // Frames are located by file offset, which changes if something before is removed.
    const whole = box.type === 'moov' && box.end > window.size && kept.length === 0 && !indexed ? await wholeTracks(window, offset) : null;
    if (whole) {
      expectReadable(whole.moov);
      expectPlausible(whole.moov, window.size);
      const closed = joined(file, [[0, offset], whole.moov, [whole.filmFrom, window.size]]);
      const salvaged = await salvageIsoMedia(closed, new FileWindow(closed, BOX_WINDOW_BYTES));
      return whole.filmFrom < window.size ? salvaged : { ...salvaged, cutShort: true, lacksBytes: true };
    }
    if (box.type === 'moov' && box.end <= window.size) {
      const bytes = (await window.read(offset, box.end - offset)).slice();
      expectReadable(bytes);
      const { mended, lacksFrames } = mendSampleCounts(bytes);
      expectPlausible(bytes, window.size);
      if (replaceNegativeDeltas(bytes) || mended) {
        const corrected = joined(file, [[0, offset], bytes, [box.end, window.size]]);
        const salvaged = await salvageIsoMedia(corrected, new FileWindow(corrected, BOX_WINDOW_BYTES));
        return lacksFrames ? { ...salvaged, cutShort: true } : salvaged;
      }
      const one = withOneDescription(bytes);
      if (one) {
        const described = joined(file, [[0, offset], one.moov, [box.end, window.size]]);
        const salvaged = await salvageIsoMedia(described, new FileWindow(described, BOX_WINDOW_BYTES));
        return { ...salvaged, changes: await changesIn(one, new FileWindow(salvaged.file, BOX_WINDOW_BYTES)) };
      }
      shown ??= shownParts(bytes);
      missing.readMovie(bytes);
      const emptied = fragmentsOnly(bytes);
      fragments ??= emptied && joined(file, [[0, offset], emptied, [box.end, window.size]]);
      const moov = emptied ? null : withSmallChunks(bytes);
      smallChunks ??= moov && { start: offset, end: box.end, moov };
      indexed = true;
    }
  }
  // A segment of a stream, whose moov is in another file: its recording need not be unfinished.
  if (!indexed) throw isFragmented ? new MienError('video', 'damaged', 'no moov box before the fragments') : noIndex();
  if (repeats.found) {
    const hidden = repeats.hiddenIn(file);
    return salvageIsoMedia(hidden, new FileWindow(hidden, BOX_WINDOW_BYTES));
  }
  const holes = kept.length - (keptFrom === window.size ? 1 : 0);
  const { losses } = missing;
  // Fragments continue after the frames of the sample table.
  const edited = isFragmented || !shown ? { losses } : { losses, shown };
  const both = isFragmented && fragments ? fragments : null;
  // No box can be appended after one that extends to the end of the file.
  if (kept.length === 0 && smallChunks && !lacksBytes && !isOpen) return { file: replaced(file, smallChunks), cutShort, lacksBytes: false, holesMs: [], ...edited };
  if (kept.length === 0) return { file, cutShort, lacksBytes, holesMs: [], ...edited, ...(both && { fragments: both }) };
  if (keptFrom < window.size) kept.push([keptFrom, window.size]);
  const damaged = { cutShort, lacksBytes: true, losses, holesMs: Array.from({ length: Math.max(0, holes) }, () => null) };
  return { file: joined(file, kept), ...damaged, ...(both && { fragments: joined(both, kept) }) };
}

/** Top-level boxes of fragmented files (ISO/IEC 14496-12, 23009-1). */
const USUAL_BOXES: ReadonlySet<string> = new Set(['moof', 'mdat', 'moov', 'mfra', 'sidx', 'ssix', 'styp', 'emsg', 'prft', 'free', 'skip', 'wide', 'uuid', 'meta', 'udta', 'pdin']);

/** A moov box that replaces the one from `start` to `end`. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly moov: Uint8Array<ArrayBuffer>;
}

/** Frames are located by file offset, so offsets stay: the new moov box goes last, and the old one becomes free space. */
function replaced(file: Blob, { start, end, moov }: Replacement): Blob {
  return joined(file, [[0, start + 4], 'free', [start + 8, end], [end, file.size], moov]);
}

/** A closed moov box, and the offset of the film after it; the end of the file if nothing complete follows. */
interface Closed {
  readonly moov: Uint8Array<ArrayBuffer>;
  readonly filmFrom: number;
}

/**
 * Closes a moov box whose end is beyond the file's: after its last complete track, if only metadata follows, or before the film itself, if
 * just its size is wrong.
 *
 * @returns null if a track is or may be truncated, or no video track is complete.
 */
async function wholeTracks(window: FileWindow, start: number): Promise<Closed | null> {
  let tracksEnd = start;
  let last: BoxStep | null = null;
  for await (const step of walkBoxes(window, start + 8)) {
    const { box, next } = step;
    if (!box || FILM_BOXES.has(box.type) || box.end > window.size) {
      last = step;
      break;
    }
    if (box.type === 'trak') tracksEnd = next;
  }
  if (!last?.box) return null;
  const { offset: at, box } = last;
  const isFilm = FILM_BOXES.has(box.type);
  const end = isFilm ? at : tracksEnd;
  if (box.type === 'trak' || end - start > MOST_TABLE_BYTES) return null;
  const moov = (await window.read(start, end - start)).slice();
  if (!tracksOf(moov).some(isPictureTrack)) return null;
  viewOf(moov).setUint32(0, moov.length);
  return { moov, filmFrom: isFilm ? at : window.size };
}

/** @throws MienError `video/encrypted`: all video tracks have encrypted sample descriptions (ISO/IEC 23001-7). */
function expectReadable(moov: Uint8Array<ArrayBuffer>): void {
  const pictures = tracksOf(moov).filter(isPictureTrack);
  const isEncrypted = (track: Uint8Array<ArrayBuffer>) => {
    const descriptions = boxAt(track, ['mdia', 'minf', 'stbl', 'stsd']);
    return descriptions !== null && [...boxesIn(descriptions, 16)].some((each) => typeOf(each) === 'encv');
  };
  if (pictures.length > 0 && pictures.every(isEncrypted)) throw new MienError('video', 'encrypted');
}

/**
 * Rejects sample tables with more samples than the file has bytes, which would exhaust memory when expanded.
 *
 * @throws MienError `video/damaged`.
 */
function expectPlausible(bytes: Uint8Array<ArrayBuffer>, fileBytes: number): void {
  const view = viewOf(bytes);
  const counts = [...tablesNamed('stts', view), ...tablesNamed('ctts', view)].map((at) => {
    const entries = Math.min(view.getUint32(at + 8), Math.floor((view.byteLength - at - 12) / 8));
    let samples = 0;
    for (let i = 0; i < entries; i++) samples += view.getUint32(at + 12 + 8 * i);
    return samples;
  });
  if (counts.some((samples) => samples > fileBytes)) throw new MienError('video', 'damaged', 'impossible table of samples');
}

/** Offsets of the types of boxes of this type, if their first fields are in range. */
function* tablesNamed(type: string, view: DataView): Generator<number, void, undefined> {
  const wanted = new TextEncoder().encode(type).reduce((value, byte) => value * 256 + byte, 0);
  for (let at = 0; at + 12 <= view.byteLength; at++) if (view.getUint32(at) === wanted) yield at;
}

/** Finds fragments by their `moof`. Searches each byte once, however many boxes are strange. */
class FragmentSearch {
  readonly #window: FileWindow;
  /** Null before the first search. */
  #next: number | null = null;

  constructor(window: FileWindow) {
    this.#window = window;
  }

  /** Offset of the first fragment behind an offset, which only grows; -1: none. */
  async after(offset: number): Promise<number> {
    const isKnown = this.#next !== null && (this.#next < 0 || this.#next > offset);
    if (!isKnown) this.#next = await searchFor(this.#window, offset + 1, 0, (at) => isFragment(this.#window, at));
    return this.#next ?? -1;
  }
}

async function isFragment(window: FileWindow, offset: number): Promise<boolean> {
  const bytes = await window.read(offset, 16);
  return bytes.length === 16 && String.fromCharCode(...bytes.subarray(4, 8)) === 'moof' && String.fromCharCode(...bytes.subarray(12, 16)) === 'mfhd';
}
