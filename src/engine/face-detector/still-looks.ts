import { pixelRect, type PixelRect, type Size } from '../geometry';
import type { FaceDetection } from '../types';
import type { Range } from './detector-switching';

/** One run of a network over a part of a still, or over more than it: outside is black. */
export interface Look {
  readonly range: Range;
  readonly region: PixelRect;
}

/**
 * Scores (0–1) from which a find counts. A whole picture is a few chances to be wrong, its tiles are
 * hundreds: in six real group photos 960 px wide (22 faces) tiles from 0.65 gave three boxes too many,
 * from 0.75 one, both all 22 faces; of 96 pasted faces of 20–60 px they found 81 and 75.
 */
export const MIN_SCORE = { whole: 0.65, tile: 0.75 } as const;

/** The smallest tile, in frame pixels: the short range's own input. It sees faces from a fifth of that. */
const MIN_TILE = 128;
const MAX_TILES_ACROSS = 10;
/** Each level's tiles are this many times as large as the next one's. */
const LEVEL_FACTOR = 2;
/** Share of a tile that the next one covers too, so that no face is cut by all. */
const TILE_OVERLAP = 1 / 3;
/** In tiles no smaller than this many times the largest face: what is smaller is far behind it. */
const TILE_PER_LARGEST_FACE = 0.6;

/** The picture as it is for both networks, the short range first, and with a border as wide as itself for faces that fill it. */
export function wholeLooks({ width, height }: Size): [Look, ...Look[]] {
  const whole = pixelRect(0, 0, width, height);
  const bordered = pixelRect(-width, -height, 3 * width, 3 * height);
  return [
    { range: 'short', region: whole },
    { range: 'full', region: whole },
    { range: 'short', region: bordered },
    { range: 'full', region: bordered },
  ];
}

/**
 * Overlapping square tiles at several scales, for the short range, which needs a face to be at
 * least about a fifth of what it is given.
 *
 * @param found What the looks at the whole picture found.
 */
export function tileLooks(frame: Size, found: readonly FaceDetection[]): Look[] {
  const longer = Math.max(frame.width, frame.height);
  const largestFace = Math.max(0, ...found.map(({ box }) => box.width));
  const finest = Math.ceil(Math.max(MIN_TILE, longer / MAX_TILES_ACROSS, largestFace * TILE_PER_LARGEST_FACE));
  const looks: Look[] = [];
  for (let side = finest; side < longer; side *= LEVEL_FACTOR) {
    for (const y of tileStarts(frame.height, side)) {
      for (const x of tileStarts(frame.width, side)) {
        const region = pixelRect(x, y, Math.min(side, frame.width), Math.min(side, frame.height));
        looks.push({ range: 'short', region });
      }
    }
  }
  return looks;
}

/** Where tiles start so that they cover the length evenly. */
function tileStarts(length: number, side: number): number[] {
  if (length <= side) return [0];
  const count = Math.ceil((length - side * TILE_OVERLAP) / (side * (1 - TILE_OVERLAP)));
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - side)) / (count - 1)));
}

/** Whether the box crosses an edge of its tile inside the picture: another tile shows that face whole. */
export function isCutByTile(box: PixelRect, tile: PixelRect, frame: Size): boolean {
  return (
    (tile.x > 0 && box.x < tile.x) ||
    (tile.y > 0 && box.y < tile.y) ||
    (tile.x + tile.width < frame.width && box.x + box.width > tile.x + tile.width) ||
    (tile.y + tile.height < frame.height && box.y + box.height > tile.y + tile.height)
  );
}
