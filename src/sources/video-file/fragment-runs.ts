import type { FileWindow } from './file-window';
import { fragmentsIn } from './fragments';

/** Consecutive frames of one track with one sample description. */
export interface Run {
  /** Position of the first frame, in decode order. */
  readonly from: number;
  /** Counted from 1. */
  readonly description: number;
}

/**
 * Sample descriptions used by a track's fragments.
 *
 * @param window of a file with complete boxes.
 * @param usual the description of fragments that name none.
 * @param before number of the track's frames before the first fragment.
 */
export async function fragmentRuns(window: FileWindow, track: number, usual: number, before: number): Promise<readonly Run[]> {
  const runs: Run[] = [];
  let from = before;
  for await (const { tracks } of fragmentsIn(window)) {
    for (const { description, frames } of tracks.filter((each) => each.track === track)) {
      if (runs.at(-1)?.description !== (description ?? usual)) runs.push({ from, description: description ?? usual });
      from += frames;
    }
  }
  return runs;
}
