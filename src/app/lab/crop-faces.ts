import { MienError } from '../../engine/errors';
import { visitYielding } from '../../engine/yield-to-event-loop';
import { personBy } from '../../lab/data/persons';
import type { ReadItem } from '../../lab/data/read-data';
import { COLOR_BYTES, LUMINANCE_BYTES, type FaceBatch } from '../../lab/faces';
import { inEnglish } from '../../words/i18n';
import type { DataQuestion } from './data-question';
import type { DataSet, LabFace, LeftOut } from './data-set';
import { wordLeftOut } from './data-words';
import type { FaceSource } from './face-source';

/** Pictures named in an error. */
const NAMED = 3;

type Cropped = Omit<DataSet, 'bursts'>;

/**
 * The faces of a data set whose labels are known: cut out of its pictures, or as its table holds them.
 *
 * @throws the signal's reason; MienError `data-set/no-faces` where no picture gives a face.
 */
export async function cropFaces(question: DataQuestion, source: FaceSource, signal: AbortSignal, onProgress: (done: number) => void): Promise<Cropped> {
  const { name, read, files, crop } = question;
  const faces: LabFace[] = [];
  const leftOut: LeftOut[] = read.leftOut.map((item) => ({ name: item.name, reason: item.reason }));
  if (read.items.every(({ path }) => path === null)) {
    // Not all in one go: a page that makes 36,000 of them stands still.
    await visitYielding(read.items, (item) => faces.push(faceOf(question, item, false)), signal);
    return { name, faces, pixels: { luminance: read.luminance, colors: null }, leftOut };
  }
  const gathered = new GatheredPixels(read.items.length);
  for (const [i, item] of read.items.entries()) {
    const file = item.path === null ? undefined : files.get(item.path);
    const cropped = file ? await source.crop(file, crop, signal) : ({ status: 'left-out', reason: 'no-file' } as const);
    signal.throwIfAborted();
    onProgress(i + 1);
    if (cropped.status === 'left-out') {
      leftOut.push({ name: item.name, reason: cropped.reason });
      continue;
    }
    gathered.add(cropped);
    faces.push(faceOf(question, item, cropped.concerned));
  }
  if (faces.length === 0) throw new MienError('data-set', 'no-faces', inEnglish(() => leftOut.slice(0, NAMED).map((each) => `${each.name}: ${wordLeftOut(each.reason)}`).join('; ')));
  return { name, faces, pixels: gathered.pixels(), leftOut };
}

function faceOf({ categories, pattern }: DataQuestion, { name, label, person, columns }: ReadItem, concerned: boolean): LabFace {
  return { name, label, columns, category: categories.get(label) ?? null, person: person ?? (pattern && personBy(pattern.pattern, name)), concerned };
}

/** Faces' pixels, put where they stay: joining them at the end would copy hundreds of megabytes at once. */
class GatheredPixels {
  readonly #luminance: Uint8Array;
  readonly #colors: Uint8Array;
  #count = 0;

  /** @param most faces that may come. */
  constructor(most: number) {
    this.#luminance = new Uint8Array(most * LUMINANCE_BYTES);
    this.#colors = new Uint8Array(most * COLOR_BYTES);
  }

  add({ luminance, colors }: { readonly luminance: Uint8Array; readonly colors: Uint8Array }): void {
    this.#luminance.set(luminance, this.#count * LUMINANCE_BYTES);
    this.#colors.set(colors, this.#count * COLOR_BYTES);
    this.#count++;
  }

  pixels(): FaceBatch {
    return { luminance: this.#luminance.subarray(0, this.#count * LUMINANCE_BYTES), colors: this.#colors.subarray(0, this.#count * COLOR_BYTES) };
  }
}
