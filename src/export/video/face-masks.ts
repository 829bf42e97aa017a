import type { PixelRect } from '../../engine/geometry';
import type { FaceReading } from './face-readings';

/** Margin on every side of a box, in multiples of its longer side: the detector's box ends at forehead, chin and cheeks. */
const MARGIN = 0.5;
/** Time for which a lost face stays masked: it may still be there, turned away or behind a hand. */
const HOLD_MS = 2000;
/** Growth of a mask on every side per second without a sighting, in multiples of the box's longer side. */
const GROWTH_PER_S = 0.6;
/** Longest gap between two readings in which no face can come and go unnoticed, ms. */
const MOST_UNSEEN_MS = 1000;
/** Masks a face this long before its first detection, since it comes into view some frames earlier. */
export const LOOKAHEAD_MS = 300;

interface Sighting {
  readonly atMs: number;
  readonly box: PixelRect;
}

/**
 * Areas to mask at a time so that no face is visible. Prefers masking too much: without a reading, it masks everything.
 *
 * @param readings in order of time, covering the last `HOLD_MS` and up to `LOOKAHEAD_MS` after the time.
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

/** Covers one face's sightings before and after; grows with the time to the nearest one. */
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
