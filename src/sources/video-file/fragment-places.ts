import type { FileWindow } from './file-window';
import { boxesIn, readBox, typeOf, viewOf } from './iso-boxes';
import { joined } from './salvaged-file';

/** Of a fragment's header for a track, the flag that its place in the file follows, and where it does. */
const HAS_PLACE = 1;
const PLACE_AT = 16;

/**
 * An MP4 whose fragments name their places as if the indexes before them (`sidx`) were not there, put right: so ffmpeg's `global_sidx` writes
 * them behind frames in the table of contents.
 *
 * @returns null where the first fragment is in its place.
 */
export async function withRightPlaces(file: Blob, window: FileWindow): Promise<Blob | null> {
  const parts: (BlobPart | readonly [number, number])[] = [];
  let keptFrom = 0;
  let indexBytes = 0;
  for (let offset = 0; offset + 8 <= window.size; ) {
    const box = await readBox(window, offset);
    if (!box || box.end > window.size) break;
    if (box.type === 'sidx') indexBytes += box.end - offset;
    if (box.type === 'moof') {
      const moof = (await window.read(offset, box.end - offset)).slice();
      const moved = moveBy(indexBytes, moof, offset);
      if (moved) {
        parts.push([keptFrom, offset], moof);
        keptFrom = box.end;
      } else if (parts.length === 0) {
        return null;
      }
    }
    offset = box.end;
  }
  return parts.length > 0 ? joined(file, [...parts, [keptFrom, file.size]]) : null;
}

/** In place. @returns whether the fragment, which lies at `offset`, named a place so many bytes before it. */
function moveBy(bytes: number, moof: Uint8Array<ArrayBuffer>, offset: number): boolean {
  let moved = false;
  for (const track of boxesIn(moof)) {
    const header = typeOf(track) === 'traf' ? [...boxesIn(track)].find((box) => typeOf(box) === 'tfhd') : undefined;
    if (!header || header.length < PLACE_AT + 8) continue;
    const view = viewOf(header);
    const misplaced = bytes > 0 && (view.getUint32(8) & HAS_PLACE) !== 0 && view.getBigUint64(PLACE_AT) === BigInt(offset - bytes);
    if (misplaced) view.setBigUint64(PLACE_AT, BigInt(offset));
    moved ||= misplaced;
  }
  return moved;
}
