import type { Shown } from './edit-list';
import { FrameIndex, PacketOrder, type ListedPacket } from './frame-index';

/** Lists of more pieces are damaged or not from a film of a person. */
const MOST_PIECES = 200;

export interface Film {
  /** One per displayed piece, in sequence. */
  readonly indices: readonly [FrameIndex, ...FrameIndex[]];
  /** Time from which a player may show other frames, or at other times; null: none. */
  readonly editedAtMs: number | null;
  /** Made of several pieces of the track. */
  readonly isSpliced: boolean;
}

/**
 * Shows all frames at their own times, also those before 0: a transport stream's clock wraps around, and a recorder may count from a time
 * within the film. Only MP4s use negative times for frames that are not to be displayed.
 */
export function everything(listed: readonly ListedPacket[]): Shown {
  const firstMs = listed.reduce((least, { timestampMs }) => Math.min(least, timestampMs), Infinity);
  return { pieces: [{ fromMs: firstMs, toMs: Infinity, atMs: firstMs }], otherSpeedAtMs: null };
}

/** The displayed frames of a track. An edit list may name pieces in any order; if it shows none, all frames. */
export function filmOf(listed: readonly ListedPacket[], shown: Shown | undefined): Film {
  if (!shown) return { indices: [new FrameIndex(listed)], editedAtMs: null, isSpliced: false };
  const order = new PacketOrder(listed);
  const pieces = shown.pieces.length > MOST_PIECES ? [] : shown.pieces.filter((piece) => order.begins(piece));
  const [first, ...others] = pieces.map((piece, i) => new FrameIndex(order, piece, pieces[i + 1]?.atMs));
  if (!first) return { indices: [new FrameIndex(order)], editedAtMs: 0, isSpliced: false };
  return { indices: [first, ...others], editedAtMs: shown.otherSpeedAtMs, isSpliced: shown.pieces.length > 1 };
}
