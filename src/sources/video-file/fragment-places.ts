import type { FileWindow } from './file-window';
import { fragmentsIn, type Fragment } from './fragments';
import { joined } from './salvaged-file';

/**
 * An MP4 whose fragments name their places as if the indexes before them (`sidx`) were not there, put right: so ffmpeg's `global_sidx` writes
 * them behind frames in the table of contents.
 *
 * @returns null where the first fragment is in its place.
 */
export async function withRightPlaces(file: Blob, window: FileWindow): Promise<Blob | null> {
  const parts: (BlobPart | readonly [number, number])[] = [];
  let keptFrom = 0;
  for await (const fragment of fragmentsIn(window)) {
    if (putRight(fragment)) {
      parts.push([keptFrom, fragment.offset], fragment.moof);
      keptFrom = fragment.end;
    } else if (parts.length === 0) {
      return null;
    }
  }
  return parts.length > 0 ? joined(file, [...parts, [keptFrom, file.size]]) : null;
}

/** In place. @returns whether the fragment named a place that lies before it by the length of the indexes. */
function putRight({ tracks, indexBytes, offset }: Fragment): boolean {
  let moved = false;
  for (const { place } of tracks) {
    if (indexBytes === 0 || place?.getBigUint64(0) !== BigInt(offset - indexBytes)) continue;
    place.setBigUint64(0, BigInt(offset));
    moved = true;
  }
  return moved;
}
