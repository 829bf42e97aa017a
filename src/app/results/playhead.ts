/** Where a recording is being looked at. */
export interface Playhead {
  /** From the recording's zero. */
  readonly timeMs: number;
  seek(ms: number): void;
  /** Calls back whenever the time changes, at most once per displayed frame. */
  subscribe(listener: () => void): () => void;
}
