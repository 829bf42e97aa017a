import type { Shown } from './edit-list';
import { FrameIndex, isIn, type ListedPacket } from './frame-index';

/** Lists of more pieces are damaged, or no film of a person: each costs a look at all frames. */
const MOST_PIECES = 200;

export interface Film {
  /** One for each piece that is shown, one after the other. */
  readonly indices: readonly [FrameIndex, ...FrameIndex[]];
  /** From where on a player may show other pictures, or at other times; null: nowhere. */
  readonly editedAtMs: number | null;
}

/** The frames of a track that a film shows, of which an edit list may name pieces in any order: all, where it shows none. */
export function filmOf(listed: readonly ListedPacket[], shown: Shown | undefined): Film {
  if (!shown) return { indices: [new FrameIndex(listed)], editedAtMs: null };
  const pieces = shown.pieces.length > MOST_PIECES ? [] : shown.pieces.filter((piece) => listed.some(({ timestampMs }) => isIn(piece, timestampMs)));
  const [first, ...others] = pieces.map((piece, i) => new FrameIndex(listed, piece, pieces[i + 1]?.atMs));
  return first ? { indices: [first, ...others], editedAtMs: shown.otherSpeedAtMs } : { indices: [new FrameIndex(listed)], editedAtMs: 0 };
}
