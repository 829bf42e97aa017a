import type { OnDownload } from '../engine/download-meter';
import { EXPECTED_BYTES, type DownloadPart } from '../engine/expected-bytes';
import type { LoadProgress } from '../engine/types';

/** Sums the download progress of a start's parts, each loaded by its own thread. */
export class StartProgress {
  readonly #onProgress: (progress: LoadProgress) => void;
  readonly #parts: Record<DownloadPart, { loadedBytes: number; isComplete: boolean }> = {
    binary: { loadedBytes: 0, isComplete: false },
    detector: { loadedBytes: 0, isComplete: false },
    classifier: { loadedBytes: 0, isComplete: false },
  };

  constructor(onProgress: (progress: LoadProgress) => void) {
    this.#onProgress = onProgress;
  }

  /** Returns the progress listener of a part. */
  of(part: DownloadPart): OnDownload {
    return (loadedBytes, isComplete) => {
      this.#parts[part] = { loadedBytes, isComplete };
      this.#tell();
    };
  }

  #tell(): void {
    const { binary, detector, classifier } = this.#parts;
    let loaded = 0;
    let total = 0;
    for (const part of ['binary', 'detector', 'classifier'] as const) {
      const { loadedBytes, isComplete } = this.#parts[part];
      loaded += loadedBytes;
      total += isComplete ? loadedBytes : Math.max(EXPECTED_BYTES[part], loadedBytes);
    }
    const step = binary.isComplete && detector.isComplete ? (classifier.isComplete ? 'warm-up' : 'classifier') : 'detector';
    this.#onProgress({ loadedBytes: loaded, totalBytes: total, step });
  }
}
