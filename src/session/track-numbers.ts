import type { FrameResult } from '../engine/types';

/** Renumbers tracks when an engine restarts at 1, because of a new stream or a replaced worker, so that no person continues another's curve. */
export class TrackNumbers {
  #highest = 0;
  #offset = 0;
  #generation: number;

  /** @param generation generation of the engine that the next results come from. */
  constructor(generation = 0) {
    this.#generation = generation;
  }

  /** Starts a new range of track ids. */
  startAnew(generation: number): void {
    this.#generation = generation;
    this.#offset = this.#highest;
  }

  /** @param generation generation of the engine that the result comes from; a change starts a new range. */
  renumber(result: FrameResult, generation: number): FrameResult {
    if (generation !== this.#generation) this.startAnew(generation);
    const offset = this.#offset;
    const faces = offset === 0 ? result.faces : result.faces.map((face) => ({ ...face, track: (face.track ?? 0) + offset }));
    for (const { track } of faces) this.#highest = Math.max(this.#highest, track ?? 0);
    return { ...result, faces };
  }
}
