/** Playback position within a recording. */
export interface Playhead {
  /** Time since the recording's start. */
  readonly timeMs: number;
  seek(ms: number): void;
  /** Calls back on every change of the time, at most once per displayed frame. */
  subscribe(listener: () => void): () => void;
}
