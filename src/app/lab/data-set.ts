import { EXPRESSIONS } from '../../engine/labels';
import { visitYielding } from '../../engine/yield-to-event-loop';
import { COLOR_BYTES, LUMINANCE_BYTES, type FaceBatch } from '../../lab/faces';
import type { ReadItem } from '../../lab/data/read-data';
import type { DataName, LeftOutReason } from './data-words';

/** One face of a data set. */
export interface LabFace extends Pick<ReadItem, 'name' | 'columns'> {
  /** As written in the data set. */
  readonly label: string;
  /** Class name; null: excluded from evaluation and training. */
  readonly category: string | null;
  /** Null if unknown. */
  readonly person: string | null;
  /** True if the app rates the picture as hard to classify; false if no face detection was needed. */
  readonly concerned: boolean;
}

/** A picture without a usable face, and the reason. */
export interface LeftOut {
  readonly name: string;
  readonly reason: LeftOutReason;
}

/** A set of labelled, cropped faces. */
export interface DataSet {
  readonly name: DataName;
  readonly faces: readonly LabFace[];
  /** Pixels of all faces, in order. */
  readonly pixels: FaceBatch;
  readonly leftOut: readonly LeftOut[];
  /** For each face, the index of the first face it nearly duplicates, or its own index. */
  readonly bursts: readonly number[];
}

/** A data set as stored on this device, in blobs, which are cheap to rewrite and loaded on demand. */
export interface KeptDataSet {
  /** Distinguishes it from other tabs' data sets; missing in older records. */
  readonly id?: string;
  /** Everything except the pixels, as JSON. */
  readonly head: Blob;
  readonly luminance: Blob;
  readonly colors: Blob | null;
}

/** Counts of a data set's contents. */
export interface DataCounts {
  /** Classes in the order of `categoriesOf`. */
  readonly byCategory: ReadonlyMap<string, number>;
  readonly leftOut: number;
  readonly persons: number;
  /** Faces that nearly duplicate an earlier one. */
  readonly copies: number;
}

export function countsOf({ faces, bursts }: Pick<DataSet, 'faces' | 'bursts'>): DataCounts {
  const counts = new Map<string | null, number>();
  const persons = new Set<string>();
  for (const { category, person } of faces) {
    counts.set(category, (counts.get(category) ?? 0) + 1);
    if (person !== null) persons.add(person);
  }
  const categories = categoriesOf([...counts.keys()].map((category) => ({ category })));
  let copies = 0;
  bursts.forEach((first, face) => (copies += first === face ? 0 : 1));
  return { byCategory: new Map(categories.map((name) => [name, counts.get(name) ?? 0])), leftOut: counts.get(null) ?? 0, persons: persons.size, copies };
}

/** Input of Mien's own network. */
export function luminanceOnly({ luminance }: FaceBatch): FaceBatch {
  return { luminance, colors: null };
}

/** Pixels of selected faces. */
export function pixelsOf({ luminance, colors }: FaceBatch, faces: readonly number[]): FaceBatch {
  return { luminance: gather(luminance, faces, LUMINANCE_BYTES), colors: colors && gather(colors, faces, COLOR_BYTES) };
}

/** Luminance of selected faces; yields to the page, since there may be very many. @throws the signal's reason. */
export async function luminanceOf({ luminance }: FaceBatch, faces: readonly number[], signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const some = new Uint8Array(faces.length * LUMINANCE_BYTES);
  let at = 0;
  await visitYielding(
    faces,
    (face) => {
      some.set(luminance.subarray(face * LUMINANCE_BYTES, (face + 1) * LUMINANCE_BYTES), at);
      at += LUMINANCE_BYTES;
    },
    signal,
  );
  return some;
}

function gather(bytes: Uint8Array, faces: readonly number[], each: number): Uint8Array {
  const some = new Uint8Array(faces.length * each);
  faces.forEach((face, i) => some.set(bytes.subarray(face * each, (face + 1) * each), i * each));
  return some;
}

/** Classes in use: expressions in their own order, then others by name. */
export function categoriesOf(faces: readonly Pick<LabFace, 'category'>[]): string[] {
  const names = new Set(faces.flatMap(({ category }) => category ?? []));
  const known = EXPRESSIONS.filter((expression) => names.delete(expression));
  return [...known, ...[...names].sort()];
}
