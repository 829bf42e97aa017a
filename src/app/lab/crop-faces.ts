import { MienError } from '../../engine/errors';
import { visitYielding } from '../../engine/yield-to-event-loop';
import { personBy } from '../../lab/data/persons';
import type { ReadItem } from '../../lab/data/read-data';
import { inEnglish } from '../../words/i18n';
import type { DataQuestion } from './data-question';
import type { DataSet, LabFace, LeftOut } from './data-set';
import { wordLeftOut } from './data-words';
import type { FaceSource } from './face-source';

/** Pictures named in an error. */
const NAMED = 3;
/** Of pixels that are copied in one go: some milliseconds. */
const PIECE_BYTES = 4 * 2 ** 20;

type Cropped = Omit<DataSet, 'bursts'>;

/**
 * The faces of a data set whose labels are known: cut out of its pictures, or as its table holds them. There may be none.
 *
 * @throws the signal's reason; MienError `data-set/too-large` where there is no room for so many.
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
  const [luminance, colors] = [new GatheredBytes(), new GatheredBytes()];
  for (const [i, item] of read.items.entries()) {
    const file = item.path === null ? undefined : files.get(item.path);
    const cropped = file ? await source.crop(file, crop, signal) : ({ status: 'left-out', reason: 'no-file' } as const);
    signal.throwIfAborted();
    onProgress(i + 1);
    if (cropped.status === 'left-out') {
      leftOut.push({ name: item.name, reason: cropped.reason });
      continue;
    }
    luminance.add(cropped.luminance);
    colors.add(cropped.colors);
    faces.push(faceOf(question, item, cropped.concerned));
  }
  return { name, faces, pixels: { luminance: await luminance.whole(), colors: await colors.whole() }, leftOut };
}

/** The error of a data set of which no picture gives a face; its detail names the first ones. */
export function noFaces(leftOut: readonly LeftOut[]): MienError {
  return new MienError('data-set', 'no-faces', inEnglish(() => leftOut.slice(0, NAMED).map(({ name, reason }) => `${name}: ${wordLeftOut(reason)}`).join('; ')));
}

function faceOf({ categories, pattern }: DataQuestion, { name, label, person, columns, path }: ReadItem, concerned: boolean): LabFace {
  return { name, label, columns, category: categories.get(label) ?? null, person: person ?? (pattern && path !== null ? personBy(pattern.clue, { path, label }) : null), concerned };
}

/** Small parts of which nobody knows yet how many come. Room for all that may is more than a phone has; what is in a blob, a browser may put on disk. */
class GatheredBytes {
  readonly #pieces: Blob[] = [];
  readonly #piece = new Uint8Array(PIECE_BYTES);
  #filled = 0;

  add(part: Uint8Array): void {
    if (this.#filled + part.length > PIECE_BYTES) this.#putAway();
    this.#piece.set(part, this.#filled);
    this.#filled += part.length;
  }

  /** @throws MienError `data-set/too-large` where there is no room for all of them at once. */
  async whole(): Promise<Uint8Array> {
    this.#putAway();
    const blob = new Blob(this.#pieces);
    try {
      return new Uint8Array(await blob.arrayBuffer());
    } catch (cause) {
      throw new MienError('data-set', 'too-large', `${blob.size} bytes`, cause);
    }
  }

  #putAway(): void {
    this.#pieces.push(new Blob([this.#piece.subarray(0, this.#filled)]));
    this.#filled = 0;
  }
}
