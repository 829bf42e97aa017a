/** Parts of the start-up download, each fetched in its own thread where workers exist. */
export type DownloadPart = 'binary' | 'detector' | 'classifier';

/** Approximate sizes (bytes, unpacked), for a progress bar before the responses arrive. */
export const EXPECTED_BYTES: Readonly<Record<DownloadPart, number>> = {
  /** MediaPipe's WebAssembly, with the functions that face detection calls. */
  binary: 3_440_000,
  /** The detector's network. */
  detector: 230_000,
  /** The expression model, and the network for covered faces. */
  classifier: 1_820_000,
};
