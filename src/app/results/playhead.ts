/** Playback position within a recording. */
export interface Playhead {
  /** On the recording's clock, ms; a video's may begin below 0. */
  readonly timeMs: number;
  seek(ms: number): void;
  /** Calls back on every change of the time, at most once per displayed frame. */
  subscribe(listener: () => void): () => void;
}
