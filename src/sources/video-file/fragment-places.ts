import type { FileWindow } from './file-window';
import { fragmentsIn, type Fragment } from './fragments';
import { joined } from './salvaged-file';

/**
 * Corrects an MP4 whose fragment offsets ignore the preceding indexes (`sidx`): ffmpeg's `global_sidx` writes them like this after frames
 * in the sample table.
 *
 * @returns null if the first fragment's offset is right.
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

/** Works in place. @returns whether the fragment's offset was too low by the length of the indexes. */
function putRight({ tracks, indexBytes, offset }: Fragment): boolean {
  let moved = false;
  for (const { place } of tracks) {
    if (indexBytes === 0 || place?.getBigUint64(0) !== BigInt(offset - indexBytes)) continue;
    place.setBigUint64(0, BigInt(offset));
    moved = true;
  }
  return moved;
}
