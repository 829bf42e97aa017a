import type { PixelRect, Size } from '../geometry';
import type { FrameGrid } from './frame-grid';
import type { Looks } from './frame-looks';
import { LookMemory } from './look-memory';
import { isSameFace, mergeBySupport, mergeDetections } from './merge-detections';
import { wholeLooks } from './search-lattice';
import { confirm, findAgain, nearRegion, type ConfirmedFace } from './second-look';
import { findsInWhole, searchStill, type Pause } from './still-search';

/** Longest interval between two searches of the whole frame, ms on the stream's clock. */
const SEARCH_EVERY_MS = 500;

interface KeptFace {
  readonly face: ConfirmedFace;
  /** Grid of the frame in which it was placed. */
  readonly grid: FrameGrid;
}

/**
 * Finds the same faces in a clip's frames as the search of a still, with fewer looks.
 *
 * Twice a second, after a cut, and where a face is lost, a frame is searched as a still, except for regions unchanged since their last
 * look. In between, each face's own region is looked at, and the whole picture for new faces: a small one may be found up to half
 * a second after it entered. The looks depend only on the frames and their times.
 */
export class ThoroughSearch {
  readonly memory = new LookMemory();
  #kept: readonly KeptFace[] = [];
  #size: Size | null = null;
  #searchedAtMs = 0;

  /** Searches the whole next frame: a new scene. */
  startOver(): void {
    this.#size = null;
  }

  /**
   * @param looks at the frame, with this search's `memory`.
   * @param timestampMs the stream's clock.
   */
  async advance(looks: Looks, grid: FrameGrid, timestampMs: number, pause: Pause): Promise<ConfirmedFace[]> {
    const { size } = looks;
    const isKnown = this.#size?.width === size.width && this.#size.height === size.height;
    const sinceMs = timestampMs - this.#searchedAtMs;
    const followed = isKnown && sinceMs >= 0 && sinceMs < SEARCH_EVERY_MS ? await this.#follow(looks, grid, pause) : null;
    if (followed) this.#kept = followed;
    else {
      this.memory.age();
      const found = await searchStill(looks, { pause, known: isKnown ? this.#kept.map(({ face }) => face) : [] });
      // Only now, so that a failed frame can be read again.
      this.#kept = found.map((face) => ({ face, grid }));
      this.#size = size;
      this.#searchedAtMs = timestampMs;
    }
    return this.#kept.map(({ face }) => face);
  }

  /** Follows the previous frame's faces and adds new ones that the whole picture shows; null if one of them is lost. */
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
