import type { MienError } from '../../engine/errors';
import type { VideoFrameRate } from '../settings';

/** What is to be analysed of a clip. */
export interface AnalysisWish {
  readonly framesPerSecond: VideoFrameRate;
  /** From the file's zero, ms; the end is left out. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** `failed` keeps what was read until then, as `cancelled` does. */
export type ClipEnding = { readonly how: 'complete' | 'cancelled' } | { readonly how: 'failed'; readonly error: MienError };
