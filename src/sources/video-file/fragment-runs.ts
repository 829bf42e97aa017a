import type { FileWindow } from './file-window';
import { boxAt, boxesIn, readBox, typeOf, viewOf } from './iso-boxes';

/** Of a fragment's header for a track: the flag that a place stands in it, before the number of the description, and that of the number itself. */
const HAS_PLACE = 1;
const HAS_DESCRIPTION = 2;
const FIELDS_AT = 16;

/** Frames of one track that one description applies to, up to the next of these. */
export interface Run {
  /** Position of the first frame, in decode order. */
  readonly from: number;
  /** Counted from 1. */
  readonly description: number;
}

/**
 * Which descriptions a track's fragments name.
 *
 * @param window of a file whose boxes are whole.
 * @param usual the description of fragments that name none.
 * @param before how many frames of the track stand before the first fragment.
 */
export async function fragmentRuns(window: FileWindow, track: number, usual: number, before: number): Promise<readonly Run[]> {
  const runs: Run[] = [];
  let from = before;
  for (let offset = 0; offset + 8 <= window.size; ) {
    const box = await readBox(window, offset);
    if (!box || box.end > window.size) break;
    if (box.type === 'moof') {
      const moof = (await window.read(offset, box.end - offset)).slice();
      for (const { description, frames } of partsOf(moof, track, usual)) {
        if (runs.at(-1)?.description !== description) runs.push({ from, description });
        from += frames;
      }
    }
    offset = box.end;
  }
  return runs;
}

/** A fragment's parts for a track. */
function* partsOf(moof: Uint8Array<ArrayBuffer>, track: number, usual: number): Generator<{ readonly description: number; readonly frames: number }, void, undefined> {
  for (const part of boxesIn(moof)) {
    const header = typeOf(part) === 'traf' ? boxAt(part, ['tfhd']) : null;
    if (!header || header.length < FIELDS_AT || viewOf(header).getUint32(12) !== track) continue;
    const flags = viewOf(header).getUint32(8);
    const at = FIELDS_AT + ((flags & HAS_PLACE) === 0 ? 0 : 8);
    const description = (flags & HAS_DESCRIPTION) === 0 || header.length < at + 4 ? usual : viewOf(header).getUint32(at);
    const frames = [...boxesIn(part)].filter((each) => typeOf(each) === 'trun' && each.length >= FIELDS_AT).reduce((sum, run) => sum + viewOf(run).getUint32(12), 0);
    yield { description, frames };
  }
}
