/** Rough sizes (bytes) of what a start downloads, unpacked, for a progress bar that starts before the responses arrive. */
export const EXPECTED_BYTES = {
  /** MediaPipe's WebAssembly. */
  binary: 11_150_000,
  /** All else: the detector's network, the expression model, the network for covered faces. */
  rest: 2_050_000,
} as const;

/** Progress is told so often: a message for each of some hundred pieces would keep both threads busy. */
export const PROGRESS_MS = 100;
