import { EXPECTED_BYTES, PROGRESS_MS } from '../engine/expected-bytes';
import type { LoadProgress } from '../engine/types';

/** Joins what the engine says of its start with the binary that is fetched here meanwhile. */
export class StartProgress {
  readonly #onProgress: (progress: LoadProgress) => void;
  #binaryBytes = 0;
  #hasBinary = false;
  #engine: LoadProgress = { loadedBytes: 0, totalBytes: EXPECTED_BYTES.rest, step: 'detector' };
  #toldAtMs = -Infinity;

  constructor(onProgress: (progress: LoadProgress) => void) {
    this.#onProgress = onProgress;
  }

  /** A piece of the binary has come. */
  onBinaryBytes(bytes: number): void {
    this.#binaryBytes += bytes;
    if (performance.now() - this.#toldAtMs >= PROGRESS_MS) this.#tell();
  }

  /** The binary is there, whole. */
  onBinary(): void {
    this.#hasBinary = true;
  }

  /** The engine tells of all else. */
  onEngine(progress: LoadProgress): void {
    this.#engine = progress;
    this.#tell();
  }

  #tell(): void {
    this.#toldAtMs = performance.now();
    const { step, totalBytes } = this.#engine;
    const loadedBytes = this.#engine.loadedBytes + this.#binaryBytes;
    const binaryBytes = this.#hasBinary ? this.#binaryBytes : Math.max(EXPECTED_BYTES.binary, this.#binaryBytes);
    this.#onProgress({ loadedBytes, totalBytes: totalBytes + binaryBytes, step: this.#hasBinary ? step : 'detector' });
  }
}
