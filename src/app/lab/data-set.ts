import { EXPRESSIONS } from '../../engine/labels';
import { visitYielding } from '../../engine/yield-to-event-loop';
import { COLOR_BYTES, LUMINANCE_BYTES, type FaceBatch } from '../../lab/faces';
import type { ReadItem } from '../../lab/data/read-data';
import type { DataName, LeftOutReason } from './data-words';

/** One face of a data set. */
export interface LabFace extends Pick<ReadItem, 'name' | 'columns'> {
  /** As the data set writes it. */
  readonly label: string;
  /** Name of its class; null: left out of judging and teaching. */
  readonly category: string | null;
  /** Null: nobody known. */
  readonly person: string | null;
  /** The picture itself is hard to read, as the app sees it; false where no face had to be found. */
  readonly concerned: boolean;
}

/** A picture that gives no face, and why. */
export interface LeftOut {
  readonly name: string;
  readonly reason: LeftOutReason;
}

/** Labelled faces, cropped. */
export interface DataSet {
  readonly name: DataName;
  readonly faces: readonly LabFace[];
  /** Of all faces, in their order. */
  readonly pixels: FaceBatch;
  readonly leftOut: readonly LeftOut[];
  /** Of each face the first one that it is a near-duplicate of, or its own number. */
  readonly bursts: readonly number[];
}

/** A data set as it lies on this device, in blobs, which are cheap to write again and read only when they are wanted. */
export interface KeptDataSet {
  /** Tells it from the one of another tab; missing in older ones. */
  readonly id?: string;
  /** Everything but the pixels, as JSON. */
  readonly head: Blob;
  readonly luminance: Blob;
  readonly colors: Blob | null;
}

/** What is in a data set, counted. */
export interface DataCounts {
  /** Classes in the order of `categoriesOf`. */
  readonly byCategory: ReadonlyMap<string, number>;
  readonly leftOut: number;
  readonly persons: number;
  /** Faces that are near-duplicates of an earlier one. */
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

/** What Mien's own network sees of faces. */
export function luminanceOnly({ luminance }: FaceBatch): FaceBatch {
  return { luminance, colors: null };
}

/** Some faces' pixels. */
export function pixelsOf({ luminance, colors }: FaceBatch, faces: readonly number[]): FaceBatch {
  return { luminance: gather(luminance, faces, LUMINANCE_BYTES), colors: colors && gather(colors, faces, COLOR_BYTES) };
}

/** The same of so many that the page would stand still, and luminance alone. @throws the signal's reason. */
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

/** Classes that occur: expressions in their own order, then others by name. */
export function categoriesOf(faces: readonly Pick<LabFace, 'category'>[]): string[] {
  const names = new Set(faces.flatMap(({ category }) => category ?? []));
  const known = EXPRESSIONS.filter((expression) => names.delete(expression));
  return [...known, ...[...names].sort()];
}
