import { EXPRESSIONS, verdictOf, type Expression } from '../../engine/labels';
import type { Photo } from './photo-queue';

/** What photos can be chosen by: an expression that one of their faces shows, or what became of them. */
export type BatchFilter = 'all' | Expression | 'uncertain' | 'nobody' | 'unread';

export const BATCH_ORDERS = ['added', 'name', 'faces', 'surest'] as const;
export type BatchOrder = (typeof BATCH_ORDERS)[number];

export interface BatchSummary {
  readonly faces: number;
  /** Photos by filter; a photo of several faces counts for each that it matches. */
  readonly photos: ReadonlyMap<BatchFilter, number>;
  /** Faces that are named with each expression. */
  readonly named: Readonly<Record<Expression, number>>;
  /** Faces that are named with none. */
  readonly uncertain: number;
}

/** In the order in which they are offered. */
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

/** What a photo is found by, each once. */
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

/** The photos that match a filter and whose names contain a search, in an order. */
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

/** What a face is named with; null where it is uncertain, or was not read. */
function expressionOf(face: Face): Expression | null {
  return face.status === 'classified' && !face.uncertain ? verdictOf(face.smoothed).label : null;
}

/** The largest probability among the faces that are named, 0–1. */
function surenessOf(photo: Photo): number {
  return Math.max(0, ...facesOf(photo).map((face) => (face.status === 'classified' && !face.uncertain ? Math.max(...EXPRESSIONS.map((e) => face.smoothed[e])) : 0)));
}
