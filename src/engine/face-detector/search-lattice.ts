import { pixelRect, type PixelRect, type Size } from '../geometry';
import type { FaceDetection } from '../types';
import { TURNS, type Look, type Range, type Turn } from './look';

/** Smallest tile, in frame pixels: the short range's own input. It finds faces from about a sixth of that. */
const MIN_TILE = 128;
/** Finest tiles along the side of a square of the picture's area: limits the looks, however long the picture is. */
const MAX_TILES_ACROSS = 10;
/** Size ratio between one level's tiles and the next. */
const LEVEL_FACTOR = 2;
/** Share of a tile that the next one overlaps, so that every face lies completely in some tile. */
const TILE_OVERLAP = 1 / 3;
/** Smallest tile in multiples of the largest face: smaller faces would be far behind it. */
const TILE_PER_LARGEST_FACE = 0.6;
/** Largest tile in multiples of the picture's shorter side; larger ones show nothing that smaller ones do not show better. */
const MAX_TILE_PER_SHORTER_SIDE = 4;
/** Cells across one of the finest tiles. */
const CELLS_PER_TILE = 16;
/**
 * Face sizes, as shares of a look's longer side, that the short range places well. Of 40 photographs it finds all from 0.16 to
 * 0.5, 72 % at 0.12.
 */
const WELL_SEEN = { from: 0.15, to: 0.62 } as const;
/** Minimum distance of a face from its look's edge, in face sides, to count as completely inside. */
const MARGIN = 0.1;

/** The picture for both networks, short range first, and with a border as wide as the picture for faces that fill it. */
export function wholeLooks({ width, height }: Size): [Look, Look, ...Look[]] {
  const whole = pixelRect(0, 0, width, height);
  const bordered = borderedRegion({ width, height });
  return [
    { range: 'short', region: whole, turn: 0 },
    { range: 'full', region: whole, turn: 0 },
    { range: 'short', region: bordered, turn: 0 },
    { range: 'full', region: bordered, turn: 0 },
  ];
}

/** The picture in quarter turns, for heads that lie sideways or upside down; small ones need the full range. */
export function turnedLooks({ width, height }: Size, range: Range = 'short'): Look[] {
  const region = pixelRect(0, 0, width, height);
  return TURNS.slice(1).map((turn) => ({ range, region, turn }));
}

/**
 * Sides of the square tiles to search a picture in, finest first. They depend only on its size, so that a face is looked at in
 * the same regions whatever else was found.
 */
export function tileSides({ width, height }: Size): number[] {
  const largest = Math.min(Math.max(width, height), MAX_TILE_PER_SHORTER_SIDE * Math.min(width, height));
  const sides: number[] = [];
  for (let side = Math.ceil(Math.max(MIN_TILE, Math.sqrt(width * height) / MAX_TILES_ACROSS)); side < largest; side *= LEVEL_FACTOR) {
    sides.push(side);
  }
  return sides;
}

/** Side in pixels of the cells in which frames are compared: a half or a third of the smallest faces that tiles show. */
export function cellSide(frame: Size): number {
  return (tileSides(frame)[0] ?? MIN_TILE) / CELLS_PER_TILE;
}

/**
 * Overlapping square tiles at several scales, for the short range.
 *
 * @param found detections in the whole picture.
 */
export function tileLooks(frame: Size, found: readonly FaceDetection[], turn: Turn = 0): Look[] {
  const largestFace = Math.max(0, ...found.map(({ box }) => box.width));
  return tileSides(frame)
    .filter((side) => isWorthwhile(side, largestFace))
    .flatMap((side) => tilesOf(frame, side))
    .map((region) => ({ range: 'short', region, turn }));
}

/** Whether tiles of this side show what is no smaller than to be expected beside the largest face. */
export function isWorthwhile(tileSide: number, largestFace: number): boolean {
  return tileSide >= largestFace * TILE_PER_LARGEST_FACE;
}

/**
 * Short-range looks that show a face completely, neither too small nor too large. They come from the fixed tiles of the search,
 * so that stills and live frames place the same face in the same way.
 */
export function looksAt(box: PixelRect, frame: Size, turn: Turn): Look[] {
  const side = Math.max(box.width, box.height);
  const regions = [borderedRegion(frame), pixelRect(0, 0, frame.width, frame.height), ...tileSides(frame).flatMap((s) => tilesOf(frame, s))];
  return regions.filter((region) => showsWell(region, box, side, frame)).map((region) => ({ range: 'short', region, turn }));
}

/** Whether the box crosses an edge of its tile inside the picture: another tile shows that face completely. */
export function isCutByTile(box: PixelRect, tile: PixelRect, frame: Size, margin = 0): boolean {
  return (
    (tile.x > 0 && box.x - margin < tile.x) ||
    (tile.y > 0 && box.y - margin < tile.y) ||
    (tile.x + tile.width < frame.width && box.x + box.width + margin > tile.x + tile.width) ||
    (tile.y + tile.height < frame.height && box.y + box.height + margin > tile.y + tile.height)
  );
}

function showsWell(region: PixelRect, box: PixelRect, side: number, frame: Size): boolean {
  const share = side / Math.max(region.width, region.height);
  return share >= WELL_SEEN.from && share <= WELL_SEEN.to && !isCutByTile(box, region, frame, MARGIN * side);
}

function borderedRegion({ width, height }: Size): PixelRect {
  return pixelRect(-width, -height, 3 * width, 3 * height);
}

function tilesOf(frame: Size, side: number): PixelRect[] {
  const width = Math.min(side, frame.width);
  const height = Math.min(side, frame.height);
  return tileStarts(frame.height, side).flatMap((y) => tileStarts(frame.width, side).map((x) => pixelRect(x, y, width, height)));
}

/** Starts of tiles that cover the length evenly. */
function tileStarts(length: number, side: number): number[] {
  if (length <= side) return [0];
  const count = Math.ceil((length - side * TILE_OVERLAP) / (side * (1 - TILE_OVERLAP)));
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - side)) / (count - 1)));
}

/** Tiles of a live search: small enough for faces of 40 pixels, but limited in number. */
const LIVE_TILE = { least: 240, perLongerSide: 0.15 } as const;

/** Looks of a live search: wholes and tiles in its first frame, then a few looks per frame. */
export interface FastLooks {
  readonly wholes: readonly Look[];
  readonly tiles: readonly Look[];
  /** The other tiles of a still's search: only these show small faces without much around them. */
  readonly fine: readonly Look[];
  /** For small faces that lie sideways or upside down. */
  readonly turned: readonly Look[];
}

/** @param turn of the picture, in which tiles show its faces. */
export function fastLooks(frame: Size, turn: Turn = 0): FastLooks {
  const tilesWhere = (isWanted: (side: number) => boolean) =>
    tileSides(frame)
      .filter(isWanted)
      .flatMap((side) => tilesOf(frame, side))
      .map((region): Look => ({ range: 'short', region, turn }));
  return {
    wholes: [...wholeLooks(frame), ...turnedLooks(frame)],
    tiles: tilesWhere((side) => side >= leastLiveTile(frame)),
    fine: tilesWhere((side) => side < leastLiveTile(frame)),
    turned: turnedLooks(frame, 'full'),
  };
}

/** Fine tiles that show one of these detections completely and well. */
export function finestTiles(frame: Size, finds: readonly FaceDetection[]): Look[] {
  const showsOne = ({ region }: Look) => finds.some(({ box }) => contains(region, box) && showsWell(region, box, Math.max(box.width, box.height), frame));
  return fastLooks(frame).fine.filter(showsOne);
}

function leastLiveTile(frame: Size): number {
  return Math.max(LIVE_TILE.least, LIVE_TILE.perLongerSide * Math.max(frame.width, frame.height));
}

function contains(region: PixelRect, box: PixelRect): boolean {
  return box.x >= region.x && box.y >= region.y && box.x + box.width <= region.x + region.width && box.y + box.height <= region.y + region.height;
}
