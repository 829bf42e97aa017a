import type { PixelRect } from '../../engine/geometry';
import type { FaceReading } from './face-readings';

/** Added to a box on every side, in its larger sides: the detector's box ends at forehead, chin and cheeks. */
const MARGIN = 0.5;
/** A face that is no longer found may still be there, turned away or behind a hand: its place stays masked. */
const HOLD_MS = 2000;
/** By how much a mask grows on every side for each second without a sighting, in larger sides of the box. */
const GROWTH_PER_S = 0.6;
/** Longest gap between two readings in which no face can have come and gone unseen, ms. */
const MOST_UNSEEN_MS = 1000;
/** A face is found some frames after it came into view: its place is masked for this long before, too. */
export const LOOKAHEAD_MS = 300;

interface Sighting {
  readonly atMs: number;
  readonly box: PixelRect;
}

/**
 * Areas to mask at a time, so that no face is seen. It errs on the side of more: without a reading, everything is masked.
 *
 * @param readings in order of time, over the last `HOLD_MS` and up to `LOOKAHEAD_MS` after the time.
 */
export function masksAt(readings: readonly FaceReading[], timeMs: number): PixelRect[] | 'everything' {
  const before = readings.findLast(({ timestampMs }) => timestampMs <= timeMs);
  const after = readings.find(({ timestampMs }) => timestampMs >= timeMs);
  if (!after) return 'everything';
  const unseenMs = before ? after.timestampMs - before.timestampMs : after.timestampMs - timeMs;
  if (unseenMs > (before ? MOST_UNSEEN_MS : LOOKAHEAD_MS)) return 'everything';
  return [...sightingsByTrack(readings, timeMs).values()].map((sightings) => maskOf(sightings, timeMs));
}

function sightingsByTrack(readings: readonly FaceReading[], timeMs: number): Map<number | null, Sighting[]> {
  const tracks = new Map<number | null, Sighting[]>();
  for (const { timestampMs, faces } of readings) {
    if (timestampMs < timeMs - HOLD_MS || timestampMs > timeMs + LOOKAHEAD_MS) continue;
    for (const { track, box } of faces) {
      const sightings = tracks.get(track) ?? [];
      tracks.set(track, sightings);
      sightings.push({ atMs: timestampMs, box });
    }
  }
  return tracks;
}

/** Around the sightings of one face before and after; the longer it was not seen, the larger. */
function maskOf(sightings: readonly Sighting[], timeMs: number): PixelRect {
  const before = sightings.findLast(({ atMs }) => atMs <= timeMs);
  const after = sightings.find(({ atMs }) => atMs >= timeMs);
  const nearest = [before, after].filter((sighting) => sighting !== undefined);
  const unseenMs = Math.min(...nearest.map(({ atMs }) => Math.abs(timeMs - atMs)));
  return around(nearest.map(({ box }) => enlarged(box, MARGIN + (GROWTH_PER_S * unseenMs) / 1000)));
}

function enlarged({ x, y, width, height }: PixelRect, bySides: number): PixelRect {
  const by = Math.max(width, height) * bySides;
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function around(boxes: readonly PixelRect[]): PixelRect {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
