import type { MienError } from '../../engine/errors';
import type { ClipPart } from '../../reading/clip-reading';
import type { VideoFrameRate } from '../settings';

/** What the user asks of a clip. */
export interface AnalysisWish extends ClipPart {
  readonly framesPerSecond: VideoFrameRate;
}

/** `failed` keeps what was read until then, as `cancelled` does. */
export type ClipEnding = { readonly how: 'complete' | 'cancelled' } | { readonly how: 'failed'; readonly error: MienError };
