import type { Size } from '../../engine/geometry';
import type { Expression } from '../../engine/labels';
import type { FaceObservation, FrameResult } from '../../engine/types';
import type { ShownFace } from '../../session/baseline';

/** A face at the moment at which somebody asks about it. */
export interface AskedFace<Picture> {
  /** Upright, as the network sees it. */
  readonly picture: Picture;
  /** What its card says then. */
  readonly label: Expression;
}

/** How long a face that a frame lacks is waited for, ms: it may turn or be hidden for a moment. */
const PATIENCE_MS = 1000;

/** Null where the face is not in view any more. */
type OnAnswer<Picture> = (asked: AskedFace<Picture> | null) => void;

interface Options<Picture> {
  /** Takes a face's picture from the frame that was just read; null where that frame was not kept. */
  readonly pictureOf: (face: FaceObservation, frame: Size) => Picture | null;
  /** Makes of a face what its card shows. */
  readonly shown: (face: FaceObservation) => ShownFace;
}

/**
 * "Why?" about a face that the camera shows: answered with the next frame that is read. Of what is on screen meanwhile, nobody knows yet
 * where its faces are: on a slow device they have moved on since the last reading.
 */
export class FaceQuestion<Picture> {
  readonly #options: Options<Picture>;
  #asked: { readonly track: number; readonly onAnswer: OnAnswer<Picture>; firstMs: number | null } | null = null;

  constructor(options: Options<Picture>) {
    this.#options = options;
  }

  /** Whether the next frame's picture is needed. */
  get isWaiting(): boolean {
    return this.#asked !== null;
  }

  /** @param onAnswer called once, unless another question comes before. */
  ask(track: number, onAnswer: OnAnswer<Picture>): void {
    this.#asked = { track, onAnswer, firstMs: null };
  }

  /** A frame that was read. */
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
    // Sent before the question came: it takes the next one.
    if (picture !== null) this.#answer({ picture, label: shown.label });
  }

  /** No frame comes any more. */
  rest(): void {
    this.#answer(null);
  }

  #answer(asked: AskedFace<Picture> | null): void {
    const question = this.#asked;
    this.#asked = null;
    question?.onAnswer(asked);
  }
}
