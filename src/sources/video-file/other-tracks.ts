import type { NotRead } from '../../engine/types';
import type { TrackInfo } from '../video-file-source';

/** The video tracks other than the one that is read. */
export function otherTracks({ tracks, index }: { readonly tracks: readonly TrackInfo[]; readonly index: number }): NotRead[] {
  return tracks.flatMap(({ codecName, size }, i) => (i === index ? [] : [{ what: 'track' as const, atMs: null, detail: `${codecName}, ${size.width} × ${size.height}` }]));
}
