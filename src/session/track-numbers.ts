import type { FrameResult } from '../engine/types';

/**
 * Numbers that nobody had before, for faces of an engine that starts counting at 1 again: with a new stream, or with
 * a worker that took a dead one's place. So nobody goes on with another's curve.
 */
export class TrackNumbers {
  #highest = 0;
  #offset = 0;
  #generation: number;

  /** @param generation of the engine that the next results come from. */
  constructor(generation = 0) {
    this.#generation = generation;
  }

  /** Whoever is seen from now on is somebody new. */
  startAnew(generation: number): void {
    this.#generation = generation;
    this.#offset = this.#highest;
  }

  /** @param generation of the engine that the result comes from; a rise since the last one starts anew. */
  renumber(result: FrameResult, generation: number): FrameResult {
    if (generation !== this.#generation) this.startAnew(generation);
    const offset = this.#offset;
    const faces = offset === 0 ? result.faces : result.faces.map((face) => ({ ...face, track: (face.track ?? 0) + offset }));
    for (const { track } of faces) this.#highest = Math.max(this.#highest, track ?? 0);
    return { ...result, faces };
  }
}
