import { MienError } from '../errors';
import type { Size } from '../geometry';
import type { FaceDetection } from '../types';
import { adaptDetections } from './adapt-detections';
import { isFlat } from './flatness';
import { keyOf, type Look, type Range } from './look';
import type { ModelRunner } from './mediapipe-runtime';
import type { FrameImage, RegionView } from './region-view';

/**
 * Longer side, in pixels, of the picture that a network is given: two or three times its input. Boxes come back
 * in whole pixels of it, so not less; and copying more costs more than the network.
 */
const PICTURE_SIDE: Readonly<Record<Range, number>> = { short: 320, full: 384 };

/** Takes looks at one frame; each at most once. */
export class FrameLooks {
  readonly size: Size;
  readonly #frame: FrameImage;
  readonly #view: RegionView;
  readonly #modelFor: (range: Range) => ModelRunner | null;
  readonly #taken = new Map<string, readonly FaceDetection[]>();

  /** @param modelFor null while a network is not loaded: its looks then show nothing. */
  constructor(frame: FrameImage, view: RegionView, modelFor: (range: Range) => ModelRunner | null) {
    this.#frame = frame;
    this.#view = view;
    this.#modelFor = modelFor;
    this.size = { width: frame.width, height: frame.height };
  }

  /** What a look shows, in frame pixels. */
  take(look: Look): readonly FaceDetection[] {
    const key = keyOf(look);
    const known = this.#taken.get(key);
    if (known) return known;
    const found = this.#run(look);
    this.#taken.set(key, found);
    return found;
  }

  #run(look: Look): readonly FaceDetection[] {
    const model = this.#modelFor(look.range);
    if (!model) return [];
    try {
      const picture = this.#view.draw(this.#frame, look.region, PICTURE_SIDE[look.range], look.turn);
      return isFlat(picture) ? [] : adaptDetections(model.run(picture), look, picture);
    } catch (error) {
      throw MienError.from(error);
    }
  }
}
