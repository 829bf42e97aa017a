import type { PixelRect } from '../geometry';

/** BlazeFace network: `short` for near faces (128 px input), `full` for small and distant ones (192 px input). */
export type Range = 'short' | 'full';

/** Quarter turns, degrees clockwise on screen; turning the picture back by a head's own turn makes the head upright. */
export const TURNS = [0, 90, 180, 270] as const;
export type Turn = (typeof TURNS)[number];

/** The turn of most faces, which is then that of the picture itself; 0 if they have no such turn. */
export function pictureTurn(faces: readonly { readonly turn: Turn }[]): Turn {
  return TURNS.find((turn) => faces.filter((face) => face.turn === turn).length * 2 > faces.length) ?? 0;
}

/** One network run on a part of a frame; may extend beyond it, where it is black. */
export interface Look {
  readonly range: Range;
  readonly region: PixelRect;
  /** Turn by which the picture is turned back. */
  readonly turn: Turn;
  /** Enlarges a small region for the network: places faces more precisely, but misses some. */
  readonly enlarged?: boolean;
}

/** Equal for looks with the same result. */
export function keyOf({ range, region: { x, y, width, height }, turn, enlarged = false }: Look): string {
  return `${range} ${turn} ${x} ${y} ${width} ${height}${enlarged ? ' enlarged' : ''}`;
}
