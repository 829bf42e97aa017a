import type { Size } from '../../engine/geometry';
import type { Expression } from '../../engine/labels';
import type { FaceObservation, FrameResult } from '../../engine/types';
import type { ShownFace } from '../../session/baseline';

/** A face at the time of a "Why?" question. */
export interface AskedFace<Picture> {
  /** Upright, like the network's input. */
  readonly picture: Picture;
  /** The label that its card shows at that time. */
  readonly label: Expression;
}

/** How long to wait for a face missing from frames, ms: it may be turned away or hidden briefly. */
const PATIENCE_MS = 1000;

/** Null if the face is no longer in view. */
type OnAnswer<Picture> = (asked: AskedFace<Picture> | null) => void;

interface Options<Picture> {
  /** Crops a face from the frame that was just read; null if that frame was not captured. */
  readonly pictureOf: (face: FaceObservation, frame: Size) => Picture | null;
  /** Converts a face to the form its card shows. */
  readonly shown: (face: FaceObservation) => ShownFace;
}

/**
 * "Why?" about a face in the camera view, answered with the next frame that is read. The frame on screen cannot be used: the positions of
 * its faces are unknown, and on a slow device they have moved since the last reading.
 */
export class FaceQuestion<Picture> {
  readonly #options: Options<Picture>;
  #asked: { readonly track: number; readonly onAnswer: OnAnswer<Picture>; firstMs: number | null } | null = null;

  constructor(options: Options<Picture>) {
    this.#options = options;
  }

  /** Whether the next frame must be captured. */
  get isWaiting(): boolean {
    return this.#asked !== null;
  }

  /** @param onAnswer called once, unless another question replaces this one. */
  ask(track: number, onAnswer: OnAnswer<Picture>): void {
    this.#asked = { track, onAnswer, firstMs: null };
  }

  /** Takes a frame that was read. */
  take({ frame, timestampMs, faces }: FrameResult): void {
    if (!this.#asked) return;
    const { track } = this.#asked;
    const firstMs = (this.#asked.firstMs ??= timestampMs);
    const face = faces.find((each) => each.track === track);
    const shown = face && this.#options.shown(face);
    if (shown?.status !== 'classified') {
      if (timestampMs - firstMs >= PATIENCE_MS) this.#answer(null);
      return;
    }
    const picture = this.#options.pictureOf(shown, frame);
    // If null, the frame was sent before the question; the next one answers it.
    if (picture !== null) this.#answer({ picture, label: shown.label });
  }

  /** Answers null, since no more frames come. */
  rest(): void {
    this.#answer(null);
  }

  #answer(asked: AskedFace<Picture> | null): void {
    const question = this.#asked;
    this.#asked = null;
    question?.onAnswer(asked);
  }
}
