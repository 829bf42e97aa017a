import type { FileWindow } from './file-window';
import { boxAt, boxesIn, outerBoxes, typeOf, viewOf, type PlacedBox } from './iso-boxes';

/** Flags in a track fragment's header for optional fields after the track id, in their order (ISO/IEC 14496-12, 8.8.7). */
const HAS_PLACE = 1;
const HAS_DESCRIPTION = 2;
const HAS_USUAL_DURATION = 8;
const TRACK_AT = 12;
const FIELDS_AT = 16;
const TIME_AT = 12;

/** A fragment's part of one track. */
export interface TrackFragment {
  readonly track: number;
  /** The field with the base offset of its frames in the file; null: none. */
  readonly place: DataView<ArrayBuffer> | null;
  /** Counted from 1; null: the default. */
  readonly description: number | null;
  /** Duration of frames that state none; null: the track's default. */
  readonly usualTicks: number | null;
  /** Media time of its first frame; null if it states none. */
  readonly startTicks: number | null;
  /** Its tables of frames (`trun`). */
  readonly runs: readonly Uint8Array<ArrayBuffer>[];
  readonly frames: number;
}

export interface Fragment extends PlacedBox {
  /** Its box, copied. */
  readonly moof: Uint8Array<ArrayBuffer>;
  readonly tracks: readonly TrackFragment[];
  /** Size in bytes of the indexes (`sidx`) before it in the file. */
  readonly indexBytes: number;
}

/** @param window of a file with complete boxes. */
export async function* fragmentsIn(window: FileWindow): AsyncGenerator<Fragment, void, undefined> {
  let indexBytes = 0;
  for await (const box of outerBoxes(window)) {
    if (box.type === 'sidx') indexBytes += box.end - box.offset;
    if (box.type !== 'moof') continue;
    const moof = (await window.read(box.offset, box.end - box.offset)).slice();
    yield { ...box, moof, tracks: [...trackFragments(moof)], indexBytes };
  }
}

/** Parts of a fragment's box by track, without those with a truncated header. */
export function* trackFragments(moof: Uint8Array<ArrayBuffer>): Generator<TrackFragment, void, undefined> {
  for (const part of boxesIn(moof)) {
    const header = typeOf(part) === 'traf' ? boxAt(part, ['tfhd']) : null;
    if (!header || header.length < FIELDS_AT) continue;
    const view = viewOf(header);
    const flags = view.getUint32(8);
    const placeBytes = (flags & HAS_PLACE) === 0 ? 0 : 8;
    const at = FIELDS_AT + placeBytes;
    const durationAt = at + ((flags & HAS_DESCRIPTION) === 0 ? 0 : 4);
    const time = boxAt(part, ['tfdt']);
    const runs = [...boxesIn(part)].filter((each) => typeOf(each) === 'trun' && each.length >= FIELDS_AT);
    yield {
      track: view.getUint32(TRACK_AT),
      place: placeBytes > 0 && header.length >= at ? new DataView(header.buffer, header.byteOffset + FIELDS_AT, placeBytes) : null,
      description: (flags & HAS_DESCRIPTION) !== 0 && header.length >= at + 4 ? view.getUint32(at) : null,
      usualTicks: (flags & HAS_USUAL_DURATION) !== 0 && header.length >= durationAt + 4 ? view.getUint32(durationAt) : null,
      startTicks: time && time.length >= TIME_AT + 4 ? startOf(time) : null,
      runs,
      frames: runs.reduce((sum, run) => sum + viewOf(run).getUint32(12), 0),
    };
  }
}

/** @param time box of at least 16 bytes; null if its 64 bits are truncated. */
function startOf(time: Uint8Array<ArrayBuffer>): number | null {
  if (time[8] !== 1) return viewOf(time).getUint32(TIME_AT);
  return time.length >= TIME_AT + 8 ? Number(viewOf(time).getBigUint64(TIME_AT)) : null;
}
