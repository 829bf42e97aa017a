import { EXPRESSIONS, verdictOf, type Expression } from '../../engine/labels';
import type { Photo } from './photo-queue';

/** Filters for photos: an expression that one of their faces shows, or their outcome. */
export type BatchFilter = 'all' | Expression | 'uncertain' | 'nobody' | 'unread';

export const BATCH_ORDERS = ['added', 'name', 'faces', 'surest'] as const;
export type BatchOrder = (typeof BATCH_ORDERS)[number];

export interface BatchSummary {
  readonly faces: number;
  /** Photos per filter; a photo with several faces counts once for each filter it matches. */
  readonly photos: ReadonlyMap<BatchFilter, number>;
  /** Faces per named expression. */
  readonly named: Readonly<Record<Expression, number>>;
  /** Faces without a named expression. */
  readonly uncertain: number;
}

/** In display order. */
export const BATCH_FILTERS: readonly BatchFilter[] = ['all', ...EXPRESSIONS, 'uncertain', 'nobody', 'unread'];

export function summariseBatch(photos: readonly Photo[]): BatchSummary {
  const counts = new Map<BatchFilter, number>(BATCH_FILTERS.map((filter) => [filter, 0]));
  const named = Object.fromEntries(EXPRESSIONS.map((e) => [e, 0])) as Record<Expression, number>;
  let faces = 0;
  let uncertain = 0;
  for (const photo of photos) {
    const expressions = facesOf(photo).map(expressionOf);
    faces += expressions.length;
    for (const expression of expressions) {
      if (expression === null) uncertain++;
      else named[expression]++;
    }
    for (const filter of filtersOf(photo, expressions)) counts.set(filter, (counts.get(filter) ?? 0) + 1);
  }
  return { faces, photos: counts, named, uncertain };
}

/** Filters that a photo matches. */
function filtersOf({ state: { status } }: Photo, expressions: readonly (Expression | null)[]): ReadonlySet<BatchFilter> {
  const filters = new Set<BatchFilter>(['all', ...expressions.map((e) => e ?? 'uncertain')]);
  if (status === 'failed' || status === 'cancelled') filters.add('unread');
  if (status === 'done' && expressions.length === 0) filters.add('nobody');
  return filters;
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const COMPARE: Readonly<Record<BatchOrder, (a: Photo, b: Photo) => number>> = {
  added: () => 0,
  name: (a, b) => COLLATOR.compare(a.name, b.name),
  faces: (a, b) => facesOf(b).length - facesOf(a).length,
  surest: (a, b) => surenessOf(b) - surenessOf(a),
};

/** Photos that match a filter and whose names contain the search, sorted. */
export function choosePhotos(photos: readonly Photo[], filter: BatchFilter, search: string, order: BatchOrder): readonly Photo[] {
  const wanted = search.trim().toLocaleLowerCase();
  return photos.filter((photo) => matches(photo, filter) && photo.name.toLocaleLowerCase().includes(wanted)).sort(COMPARE[order]);
}

function matches(photo: Photo, filter: BatchFilter): boolean {
  return filter === 'all' || filtersOf(photo, facesOf(photo).map(expressionOf)).has(filter);
}

function facesOf({ state }: Photo) {
  return state.status === 'done' ? state.result.faces : [];
}

type Face = ReturnType<typeof facesOf>[number];

/** The named expression; null for uncertain or skipped faces. */
function expressionOf(face: Face): Expression | null {
  return face.status === 'classified' && !face.uncertain ? verdictOf(face.smoothed).label : null;
}

/** Largest probability among the named faces, 0–1. */
function surenessOf(photo: Photo): number {
  return Math.max(0, ...facesOf(photo).map((face) => (face.status === 'classified' && !face.uncertain ? Math.max(...EXPRESSIONS.map((e) => face.smoothed[e])) : 0)));
}
