import type { FileWindow } from './file-window';
import { fragmentsIn } from './fragments';

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
  for await (const { tracks } of fragmentsIn(window)) {
    for (const { description, frames } of tracks.filter((each) => each.track === track)) {
      if (runs.at(-1)?.description !== (description ?? usual)) runs.push({ from, description: description ?? usual });
      from += frames;
    }
  }
  return runs;
}
