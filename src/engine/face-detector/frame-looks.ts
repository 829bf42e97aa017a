import { MienError } from '../errors';
import type { Size } from '../geometry';
import type { FaceDetection } from '../types';
import { adaptDetections } from './adapt-detections';
import { isFlat } from './flatness';
import type { FrameGrid } from './frame-grid';
import { keyOf, type Look, type Range } from './look';
import type { LookMemory } from './look-memory';
import type { ModelRunner } from './mediapipe-runtime';
import type { FrameImage, RegionView } from './region-view';

/**
 * Longer side, in pixels, of a network's input picture: two or three times the network's input. Boxes come back in whole pixels of
 * it, so not smaller; and copying more costs more than the network.
 */
const PICTURE_SIDE: Readonly<Record<Range, number>> = { short: 320, full: 384 };

/** Largest enlargement of small regions. */
const MOST_ENLARGED = 2;

/** Takes looks at one frame. */
export type Looks = Pick<FrameLooks, 'size' | 'take'>;

/** Remembered looks at earlier frames of the stream, and the current frame's grid. */
export interface EarlierLooks {
  readonly memory: LookMemory;
  readonly grid: FrameGrid;
}

/** Takes looks at one frame; each at most once. */
export class FrameLooks {
  readonly size: Size;
  /** Network runs so far. */
  runs = 0;
  readonly #frame: FrameImage;
  readonly #view: RegionView;
  readonly #modelFor: (range: Range) => ModelRunner | null;
  readonly #earlier: EarlierLooks | null;
  readonly #taken = new Map<string, readonly FaceDetection[]>();

  /**
   * @param modelFor null while a network is not loaded: its looks then find nothing.
   * @param earlier looks of the stream; unchanged regions reuse them.
   */
  constructor(frame: FrameImage, view: RegionView, modelFor: (range: Range) => ModelRunner | null, earlier: EarlierLooks | null = null) {
    this.#frame = frame;
    this.#view = view;
    this.#modelFor = modelFor;
    this.#earlier = earlier;
    this.size = { width: frame.width, height: frame.height };
  }

  /** Detections of a look, in frame pixels. */
  take(asked: Look): readonly FaceDetection[] {
    const look = { ...asked, enlarged: asked.enlarged === true && Math.max(asked.region.width, asked.region.height) < PICTURE_SIDE[asked.range] };
    const key = keyOf(look);
    const known = this.#taken.get(key);
    if (known) return known;
    const found = this.#recallOrRun(look);
    this.#taken.set(key, found);
    return found;
  }

  #recallOrRun(look: Look): readonly FaceDetection[] {
    if (!this.#earlier) return this.#run(look);
    const { memory, grid } = this.#earlier;
    const recalled = memory.recall(look, grid);
    if (recalled) return recalled;
    const found = this.#run(look);
    memory.keep(look, grid, found);
    return found;
  }

  #run(look: Look): readonly FaceDetection[] {
    const model = this.#modelFor(look.range);
    if (!model) return [];
    try {
      const picture = this.#view.draw(this.#frame, look.region, PICTURE_SIDE[look.range], look.turn, look.enlarged ? MOST_ENLARGED : 1);
      if (isFlat(picture)) return [];
      this.runs++;
      return adaptDetections(model.run(picture), look, picture);
    } catch (error) {
      throw MienError.from(error);
    }
  }
}
