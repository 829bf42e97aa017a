import type { MienError } from '../../engine/errors';
import type { ClipPart } from '../../reading/clip-reading';
import type { VideoFrameRate } from '../settings';

/** Requested analysis of a clip. */
export interface AnalysisWish extends ClipPart {
  readonly framesPerSecond: VideoFrameRate;
}

/** `failed`, like `cancelled`, keeps what was read. */
export type ClipEnding = { readonly how: 'complete' | 'cancelled' } | { readonly how: 'failed'; readonly error: MienError };
