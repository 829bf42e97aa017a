import { EXPRESSIONS, type Probabilities } from '../engine/labels';
import type { Baseline } from './baseline';
import { hasAll, isCount, isMoment, isShare, isText } from './stored-values';

/**
 * A manual edit of people. A person has the number of their track until two are merged (the first number stays) or one is split (the later part gets
 * `into`).
 */
export type PeopleEdit =
  | { readonly kind: 'name'; readonly person: number; readonly name: string }
  /** Merges `other` into `person`. */
  | { readonly kind: 'merge'; readonly person: number; readonly other: number }
  /** Splits the person at a time (session's clock, ms). */
  | { readonly kind: 'split'; readonly person: number; readonly atMs: number; readonly into: number }
  /** Excluded from people, statistics and summaries; the observations are kept. */
  | { readonly kind: 'leave-out'; readonly person: number }
  | { readonly kind: 'take-in'; readonly person: number }
  /** The two look alike but are different people; not proposed again. */
  | { readonly kind: 'keep-apart'; readonly person: number; readonly other: number }
  /** The person's face at rest: measured from `fromMs` to `toMs` (session's clock), or before the session, both null. */
  | {
      readonly kind: 'neutral';
      readonly person: number;
      readonly fromMs: number | null;
      readonly toMs: number | null;
      readonly probabilities: Probabilities;
      readonly readings: number;
    }
  | { readonly kind: 'no-neutral'; readonly person: number };

export type PeopleEdits = readonly PeopleEdit[];

export const NO_EDITS: PeopleEdits = [];

/** Part of a track that belongs to one person. */
interface Stretch {
  /** It ends where the next one of its track begins. */
  readonly fromMs: number;
  readonly person: number;
}

/** Assignment of tracks to people after all edits. */
export class PeopleAssignment {
  readonly #stretches: ReadonlyMap<number, readonly Stretch[]>;
  readonly #names: ReadonlyMap<number, string>;
  readonly #leftOut: ReadonlySet<number>;
  readonly #baselines: ReadonlyMap<number, Baseline>;

  private constructor(
    stretches: ReadonlyMap<number, readonly Stretch[]>,
    names: ReadonlyMap<number, string>,
    leftOut: ReadonlySet<number>,
    baselines: ReadonlyMap<number, Baseline>,
  ) {
    this.#stretches = stretches;
    this.#names = names;
    this.#leftOut = leftOut;
    this.#baselines = baselines;
  }

  /** @param edits edits of unknown people have no effect. */
  static of(edits: PeopleEdits): PeopleAssignment {
    const stretches = new Map<number, readonly Stretch[]>();
    const names = new Map<number, string>();
    const leftOut = new Set<number>();
    const baselines = new Map<number, Baseline>();
    const known = (person: number) => {
      if (!stretches.has(person) && !edits.some((edit) => edit.kind === 'split' && edit.into === person)) {
        stretches.set(person, [{ fromMs: -Infinity, person }]);
      }
    };
    const relabel = (change: (stretch: Stretch, untilMs: number) => readonly Stretch[]) => {
      for (const [track, list] of stretches) {
        stretches.set(track, list.flatMap((stretch, i) => change(stretch, list[i + 1]?.fromMs ?? Infinity)));
      }
    };
    for (const edit of edits) {
      const { kind, person } = edit;
      known(person);
      if (kind === 'name') {
        if (edit.name === '') names.delete(person);
        else names.set(person, edit.name);
      } else if (kind === 'leave-out') leftOut.add(person);
      else if (kind === 'take-in') leftOut.delete(person);
      else if (kind === 'neutral') baselines.set(person, { probabilities: edit.probabilities, readings: edit.readings });
      else if (kind === 'no-neutral') baselines.delete(person);
      else if (kind === 'merge' && edit.other !== person) {
        known(edit.other);
        const name = names.get(edit.other);
        if (!names.has(person) && name !== undefined) names.set(person, name);
        const baseline = baselines.get(edit.other);
        if (!baselines.has(person) && baseline) baselines.set(person, baseline);
        relabel((stretch) => [stretch.person === edit.other ? { ...stretch, person } : stretch]);
      } else if (kind === 'split') {
        relabel((stretch, untilMs) => {
          if (stretch.person !== person || untilMs <= edit.atMs) return [stretch];
          const later = { fromMs: Math.max(stretch.fromMs, edit.atMs), person: edit.into };
          return stretch.fromMs < edit.atMs ? [stretch, later] : [later];
        });
      }
    }
    return new PeopleAssignment(stretches, names, leftOut, baselines);
  }

  /** Person shown by a track at a time. */
  personOf(track: number, timestampMs: number): number {
    return this.#stretches.get(track)?.findLast(({ fromMs }) => fromMs <= timestampMs)?.person ?? track;
  }

  /** The assigned name; null if none. */
  nameOf(person: number): string | null {
    return this.#names.get(person) ?? null;
  }

  /** The person's baseline; null if none was set. */
  baselineOf(person: number): Baseline | null {
    return this.#baselines.get(person) ?? null;
  }

  /** True if any person has a baseline. */
  get hasBaselines(): boolean {
    return this.#baselines.size > 0;
  }

  isLeftOut(person: number): boolean {
    return this.#leftOut.has(person);
  }

  /** People of these tracks, without excluded ones. */
  among(tracks: Iterable<number>): readonly number[] {
    const people = new Set(Array.from(tracks, (track) => this.#stretches.get(track)?.map(({ person }) => person) ?? [track]).flat());
    return [...people].filter((person) => !this.isLeftOut(person));
  }

  /** Excluded people, by number. */
  get leftOut(): readonly number[] {
    return [...this.#leftOut].sort((a, b) => a - b);
  }
}

/** Assignment without edits: each track is a person. */
export const UNEDITED = PeopleAssignment.of(NO_EDITS);

/** An unused number, for the later part of a split person. */
export function nextPerson(tracks: Iterable<number>, edits: PeopleEdits): number {
  return Math.max(0, ...tracks, ...edits.flatMap((edit) => (edit.kind === 'split' ? [edit.into] : []))) + 1;
}

/** Validates edits read from disk, and drops damaged ones. */
export function toPeopleEdits(value: unknown): PeopleEdits {
  return Array.isArray(value) ? value.filter(isEdit) : NO_EDITS;
}

const LONGEST_NAME = 200;

function isEdit(value: unknown): value is PeopleEdit {
  if (typeof value !== 'object' || value === null) return false;
  const edit = value as Readonly<Record<string, unknown>>;
  if (!isCount(edit['person'])) return false;
  switch (edit['kind']) {
    case 'name':
      return isText(edit['name']) && String(edit['name']).length <= LONGEST_NAME;
    case 'merge':
    case 'keep-apart':
      return isCount(edit['other']);
    case 'split':
      return isMoment(edit['atMs']) && isCount(edit['into']);
    case 'neutral':
      return (
        hasAll(edit['probabilities'], Object.fromEntries(EXPRESSIONS.map((e) => [e, isShare]))) &&
        isCount(edit['readings']) &&
        [edit['fromMs'], edit['toMs']].every((ms) => ms === null || isMoment(ms))
      );
    default:
      return edit['kind'] === 'leave-out' || edit['kind'] === 'take-in' || edit['kind'] === 'no-neutral';
  }
}
