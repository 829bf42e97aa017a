import type { PixelRect, Size } from '../geometry';
import type { FrameGrid } from './frame-grid';
import type { Looks } from './frame-looks';
import { LookMemory } from './look-memory';
import { isSameFace, mergeBySupport, mergeDetections } from './merge-detections';
import { wholeLooks } from './search-lattice';
import { confirm, findAgain, nearRegion, type ConfirmedFace } from './second-look';
import { findsInWhole, searchStill, type Pause } from './still-search';

/** Longest time from one search of the whole frame to the next, ms on the stream's clock. */
const SEARCH_EVERY_MS = 500;

interface KeptFace {
  readonly face: ConfirmedFace;
  /** Of the frame in which it was placed. */
  readonly grid: FrameGrid;
}

/**
 * Finds in the frames of a clip what the search of a still finds, with fewer looks.
 *
 * Twice a second, after a cut, and where a face is lost, a frame is searched as a still is, but for regions that have not changed
 * since they were looked at. In between, each face is looked at in its own region, and the whole picture for new ones: one that is
 * small may be found up to half a second after it entered. What looks where follows from the frames and their times alone.
 */
export class ThoroughSearch {
  readonly memory = new LookMemory();
  #kept: readonly KeptFace[] = [];
  #size: Size | null = null;
  #searchedAtMs = 0;

  /** The next frame is searched whole: another scene. */
  startOver(): void {
    this.#size = null;
  }

  /**
   * @param looks at the frame, which remember with `memory`.
   * @param timestampMs The stream's clock.
   */
  async advance(looks: Looks, grid: FrameGrid, timestampMs: number, pause: Pause): Promise<ConfirmedFace[]> {
    const { size } = looks;
    const isKnown = this.#size?.width === size.width && this.#size.height === size.height;
    const sinceMs = timestampMs - this.#searchedAtMs;
    const followed = isKnown && sinceMs >= 0 && sinceMs < SEARCH_EVERY_MS ? await this.#follow(looks, grid, pause) : null;
    if (followed) this.#kept = followed;
    else {
      if (!isKnown) this.#kept = [];
      this.#size = size;
      this.#searchedAtMs = timestampMs;
      this.memory.age();
      this.#kept = (await searchStill(looks, { pause, known: this.#kept.map(({ face }) => face) })).map((face) => ({ face, grid }));
    }
    return this.#kept.map(({ face }) => face);
  }

  /** The faces of the frame before, where they are now, and new ones that the whole picture shows; null where one of them is lost. */
  async #follow(looks: Looks, grid: FrameGrid, pause: Pause): Promise<KeptFace[] | null> {
    const now: KeptFace[] = [];
    for (const kept of this.#kept) {
      const face = grid.isLike(kept.grid, nearRegion(kept.face.box)) ? kept.face : findAgain(kept.face, looks);
      if (!face) return null;
      now.push(face === kept.face ? kept : { face, grid });
      await pause();
    }
    const isNew = (box: PixelRect) => !now.some(({ face }) => isSameFace(face.box, box));
    const [short, full] = wholeLooks(looks.size);
    const finds = [...findsInWhole(short, looks), ...findsInWhole(full, looks)].filter(({ box }) => isNew(box));
    now.push(...confirm(mergeDetections(finds), looks).map((face) => ({ face, grid })));
    const merged = mergeBySupport(now.map((kept) => ({ ...kept.face, kept }))).map(({ kept }) => kept);
    return merged.length < this.#kept.length ? null : merged;
  }
}
