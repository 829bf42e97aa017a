import type { Expression } from '../engine/labels';
import type { PixelRect } from '../engine/geometry';
import type { StoredFace } from './observation-store';

/** A moment that is worth a picture: an expression begins, or is at its clearest. */
export interface KeyMoment {
  readonly track: number;
  readonly timestampMs: number;
  readonly label: Expression;
  /** 0–1. */
  readonly confidence: number;
  readonly box: PixelRect;
}

/** A stretch of one expression of one person, and its clearest frame. */
interface Stretch extends KeyMoment {
  readonly firstMs: number;
  lastMs: number;
}

/**
 * The clearest moment of each stretch in which somebody kept one expression, in order of time. Where there are more
 * than `most`, those that lasted longest are kept, and the longest of each expression before others.
 *
 * @param faces in order of time; uncertain ones make and break no stretch.
 * @param tracks whose moments count; default: everybody's.
 */
export function keyMoments(faces: Iterable<StoredFace>, most: number, tracks?: ReadonlySet<number>): KeyMoment[] {
  const current = new Map<number, Stretch>();
  const stretches: Stretch[] = [];
  for (const face of faces) {
    if (face.uncertain || tracks?.has(face.track) === false) continue;
    const before = current.get(face.track);
    if (before?.label === face.label) {
      before.lastMs = face.timestampMs;
      if (face.confidence > before.confidence) Object.assign(before, momentOf(face));
      continue;
    }
    const stretch = { ...momentOf(face), firstMs: face.timestampMs, lastMs: face.timestampMs };
    current.set(face.track, stretch);
    stretches.push(stretch);
  }
  return choose(stretches, most)
    .sort((a, b) => a.timestampMs - b.timestampMs || a.track - b.track)
    .map(({ track, timestampMs, label, confidence, box }) => ({ track, timestampMs, label, confidence, box }));
}

function momentOf({ track, timestampMs, label, confidence, box }: StoredFace): KeyMoment {
  return { track, timestampMs, label, confidence, box };
}

function choose(stretches: readonly Stretch[], most: number): Stretch[] {
  const longest = stretches.toSorted((a, b) => b.lastMs - b.firstMs - (a.lastMs - a.firstMs) || b.confidence - a.confidence);
  const kinds = new Set<string>();
  const first = longest.filter(({ track, label }) => {
    const kind = `${track} ${label}`;
    return !kinds.has(kind) && kinds.add(kind);
  });
  return [...first, ...longest.filter((stretch) => !first.includes(stretch))].slice(0, most);
}
