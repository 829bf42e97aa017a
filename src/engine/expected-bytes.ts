/** Parts of what a start downloads, each fetched in a thread of its own where there are workers. */
export type DownloadPart = 'binary' | 'detector' | 'classifier';

/** Rough sizes (bytes) of these, unpacked, for a progress bar that starts before the responses arrive. */
export const EXPECTED_BYTES: Readonly<Record<DownloadPart, number>> = {
  /** MediaPipe's WebAssembly. */
  binary: 11_150_000,
  /** The detector's network. */
  detector: 230_000,
  /** The expression model, and the network for covered faces. */
  classifier: 1_820_000,
};
