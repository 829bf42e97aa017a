import type { PixelRect } from '../geometry';

/** Which BlazeFace network: near faces (128 px input), or small and far ones (192 px input). */
export type Range = 'short' | 'full';

/** Quarter turns in degrees, clockwise on screen: a network sees a head upright when its picture is turned back by the head's own. */
export const TURNS = [0, 90, 180, 270] as const;
export type Turn = (typeof TURNS)[number];

/** One run of a network over a part of a frame, or over more than it: outside is black. */
export interface Look {
  readonly range: Range;
  readonly region: PixelRect;
  /** By which the picture is turned back. */
  readonly turn: Turn;
  /** A small region is enlarged for the network: faces are placed more finely so, but some are missed. */
  readonly enlarged?: boolean;
}

/** Equal for looks that see the same. */
export function keyOf({ range, region: { x, y, width, height }, turn, enlarged = false }: Look): string {
  return `${range} ${turn} ${x} ${y} ${width} ${height}${enlarged ? ' enlarged' : ''}`;
}
