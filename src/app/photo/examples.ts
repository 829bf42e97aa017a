import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { MienError } from '../../engine/errors';
import { EXPRESSIONS, type Expression } from '../../engine/labels';
import { Store } from '../../engine/store';
import { keepPath } from '../files/file-path';

/** A face and the label that a user gave it. */
interface Example {
  readonly label: Expression;
  /** The upright face. */
  readonly picture: Blob;
}

interface ExampleSchema extends DBSchema {
  examples: { key: number; value: Example };
}

/** Folder name of the examples in the Lab, with a subfolder per label. */
const FOLDER = 'my-examples';

let opening: Promise<IDBPDatabase<ExampleSchema>> | null = null;

async function database(): Promise<IDBPDatabase<ExampleSchema>> {
  opening ??= openDB<ExampleSchema>('mien-examples', 1, {
    upgrade: (opened) => void opened.createObjectStore('examples', { autoIncrement: true }),
    blocking: (_own, _wanted, event) => (event.target as IDBDatabase).close(),
  });
  // Lets the next call retry.
  opening.catch(() => (opening = null));
  return opening;
}

const count = new Store<number | null>(null);

/** Number of examples in this browser; null until counted. */
export const exampleCount: Pick<typeof count, 'subscribe' | 'getSnapshot'> = count;

/** Counts the examples; 0 if storage is unavailable. */
export async function countExamples(): Promise<void> {
  count.set(await database().then((opened) => opened.count('examples')).catch(() => 0));
}

/**
 * Stores a face with its label in this browser only.
 *
 * @returns its key, to remove it again.
 * @throws MienError of kind `storage`.
 */
export async function keepExample(example: Example): Promise<number> {
  const key = await stored((opened) => opened.add('examples', example));
  await countExamples();
  return key;
}

/** @throws MienError of kind `storage`. */
export async function removeExample(key: number): Promise<void> {
  await stored((opened) => opened.delete('examples', key));
  await countExamples();
}

/** Removes all. @throws MienError of kind `storage`. */
export async function removeExamples(): Promise<void> {
  await stored((opened) => opened.clear('examples'));
  await countExamples();
}

/** The examples as labelled pictures for the Lab, each in a folder named after its label. @throws MienError of kind `storage`. */
export async function exampleFiles(): Promise<File[]> {
  const examples = await stored((opened) => opened.getAll('examples'));
  return examples
    .filter(({ label, picture }) => EXPRESSIONS.includes(label) && picture instanceof Blob)
    .map(({ label, picture }, i) => {
      const file = new File([picture], `${i + 1}.jpg`, { type: picture.type });
      keepPath(file, `${FOLDER}/${label}/${file.name}`);
      return file;
    });
}

async function stored<T>(work: (opened: IDBPDatabase<ExampleSchema>) => Promise<T>): Promise<T> {
  try {
    return await work(await database());
  } catch (error) {
    const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
    throw new MienError('storage', isFull ? 'full' : 'denied', String(error), error);
  }
}
