import { MienError } from '../../engine/errors';
import { PIECE_BYTES, visitYielding } from '../../engine/yield-to-event-loop';
import { personBy } from '../../lab/data/persons';
import type { ReadItem } from '../../lab/data/read-data';
import { inEnglish } from '../../words/i18n';
import type { DataQuestion } from './data-question';
import type { DataSet, LabFace, LeftOut } from './data-set';
import { wordLeftOut } from './data-words';
import type { FaceSource } from './face-source';

/** Number of pictures named in an error. */
const NAMED = 3;

type Cropped = Omit<DataSet, 'bursts'>;

/**
 * Crops the faces of a data set with known labels from its pictures, or takes them from its table. There may be none.
 *
 * @throws the signal's reason; MienError `data-set/too-large` if there is not enough memory.
 */
export async function cropFaces(question: DataQuestion, source: FaceSource, signal: AbortSignal, onProgress: (done: number) => void): Promise<Cropped> {
  const { name, read, files, crop } = question;
  const faces: LabFace[] = [];
  const leftOut: LeftOut[] = read.leftOut.map((item) => ({ name: item.name, reason: item.reason }));
  if (read.items.every(({ path }) => path === null)) {
    // Yields, since creating 36,000 faces in one task would block the page.
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

/** Error for a data set without any face; its detail names the first pictures. */
export function noFaces(leftOut: readonly LeftOut[]): MienError {
  return new MienError('data-set', 'no-faces', inEnglish(() => leftOut.slice(0, NAMED).map(({ name, reason }) => `${name}: ${wordLeftOut(reason)}`).join('; ')));
}

function faceOf({ categories, pattern }: DataQuestion, { name, label, person, columns, path }: ReadItem, concerned: boolean): LabFace {
  return { name, label, columns, category: categories.get(label) ?? null, person: person ?? (pattern && path !== null ? personBy(pattern.clue, { path, label }) : null), concerned };
}

/** Collects an unknown number of small byte arrays. Allocating the maximum would exceed a phone's memory; browsers may keep blobs on disk. */
class GatheredBytes {
  readonly #pieces: Blob[] = [];
  readonly #piece = new Uint8Array(PIECE_BYTES);
  #filled = 0;

  add(part: Uint8Array): void {
    if (this.#filled + part.length > PIECE_BYTES) this.#putAway();
    this.#piece.set(part, this.#filled);
    this.#filled += part.length;
  }

  /** @throws MienError `data-set/too-large` if there is not enough memory for all of them at once. */
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
