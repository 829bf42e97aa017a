import { EXPRESSIONS, type Expression } from '../../engine/labels';
import type { StoredFace } from '../../session/stored-face';

/** The dominant expression of a part of a session; null if no face was named. */
export type StripPart = Expression | null;

type Named = Pick<StoredFace, 'timestampMs' | 'untilMs' | 'label' | 'uncertain'>;

export interface StripRun {
  readonly part: StripPart;
  readonly count: number;
}

/** Merges consecutive equal parts. */
export function runsOf(parts: readonly StripPart[]): readonly StripRun[] {
  return parts.reduce<readonly StripRun[]>((runs, part) => {
    const last = runs.at(-1);
    return last && last.part === part ? [...runs.slice(0, -1), { part, count: last.count + 1 }] : [...runs, { part, count: 1 }];
  }, []);
}

/**
 * A session at a glance: the expression shown longest, over all certain faces together, in each of `count` equal parts.
 *
 * @param startMs of the session on its own clock, and its length.
 */
export function stripOf(faces: Iterable<Named>, { startMs, durationMs }: { readonly startMs: number; readonly durationMs: number }, count: number): readonly StripPart[] {
  const width = Math.max(durationMs, 1) / count;
  const shownMs = Array.from({ length: count }, () => new Map<Expression, number>());
  for (const { timestampMs, untilMs, label, uncertain } of faces) {
    if (uncertain) continue;
    const [fromMs, toMs] = [timestampMs - startMs, untilMs - startMs];
    const last = Math.min(count - 1, Math.floor(toMs / width));
    for (let part = Math.max(0, Math.min(last, Math.floor(fromMs / width))); part <= last; part += 1) {
      const shown = Math.min(toMs, (part + 1) * width) - Math.max(fromMs, part * width);
      const sums = shownMs[part];
      // A face of the last frame has no duration but still counts.
      sums?.set(label, (sums.get(label) ?? 0) + Math.max(shown, 1));
    }
  }
  return shownMs.map((sums) => EXPRESSIONS.reduce<StripPart>((most, e) => ((sums.get(e) ?? 0) > (most ? (sums.get(most) ?? 0) : 0) ? e : most), null));
}
