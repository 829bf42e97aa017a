import { MienError } from '../../engine/errors';
import { openByJsfive } from './hdf5-jsfive';
import { isData, UnknownStorage, type HdfData, type HdfSource } from './hdf5-source';

/** HDF5's eight-byte signature, at the start of the file or after a user block. */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Smallest user block in bytes; each larger size doubles. */
const SMALLEST_USER_BLOCK = 512;

/** Offset of the HDF5 signature; null if there is none. */
function startOf(bytes: Uint8Array): number | null {
  for (let at = 0; at < bytes.length; at = at === 0 ? SMALLEST_USER_BLOCK : 2 * at) {
    if (SIGNATURE.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return null;
}

export function isHdf5(bytes: Uint8Array): boolean {
  return startOf(bytes) !== null;
}

/** First superblock version with checksums, written by h5py with `libver='latest'` and only partly supported by jsfive. */
const CHECKED_SUPERBLOCK = 2;

/**
 * Reads an HDF5 file with jsfive, which is small and covers what Keras writes; otherwise downloads the HDF Group's own library. Older files without
 * checksums never use that library, since it may loop forever on damaged ones.
 *
 * @param use may run twice.
 * @throws MienError `model-file/damaged` if neither can read it, `model-file/unsupported-storage` for a compression or number type that neither
 * supports, `model/network` if the library cannot be downloaded, `engine/wasm-blocked` if it is not allowed to run,
 * `model-file/too-large` if it is out of memory, and all errors of `use`.
 */
export async function readHdf5<T>(bytes: ArrayBuffer, use: (root: HdfGroup) => T | Promise<T>): Promise<T> {
  const start = startOf(new Uint8Array(bytes)) ?? 0;
  // Addresses in the file are relative to the end of its user block.
  const own = start === 0 ? bytes : bytes.slice(start);
  try {
    return await use(guarded('HDF5', () => new HdfGroup(openByJsfive(own), '')));
  } catch (error) {
    const { reason } = MienError.from(error);
    const isChecked = (new Uint8Array(own)[SIGNATURE.length] ?? 0) >= CHECKED_SUPERBLOCK;
    if (!DOUBTFUL.has(reason) || !isChecked) throw error;
  }
  const library = await import('./hdf5-wasm').catch((error: unknown) => {
    throw new MienError('model', 'network', 'the library for HDF5', error);
  });
  try {
    return await library.throughHdf5Library(bytes, async (root) => use(new HdfGroup(root, '')));
  } catch (error) {
    throw damage('HDF5', error);
  }
}

/** Errors that may result from a limitation of jsfive rather than from damage. */
const DOUBTFUL: ReadonlySet<string> = new Set(['damaged', 'unsupported-storage', 'not-a-model', 'weights-only']);

/** Numbers of one data set, row-major. */
export interface HdfArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A group of an HDF5 file. */
export class HdfGroup {
  readonly #source: HdfSource;
  readonly #path: string;

  constructor(source: HdfSource, path: string) {
    this.#source = source;
    this.#path = path;
  }

  get keys(): readonly string[] {
    return guarded(this.#path, () => this.#source.keys);
  }

  /** A string attribute without its padding zeros; null if absent or not a string. */
  text(name: string): string | null {
    const value = this.#attribute(name);
    return typeof value === 'string' ? trimmed(value) : null;
  }

  /** A string array attribute; Keras splits one that exceeds HDF5's attribute size into `name0`, `name1` … Null if absent. */
  texts(name: string): readonly string[] | null {
    const whole = this.#attribute(name);
    if (Array.isArray(whole)) return whole.map((item) => trimmed(String(item)));
    const parts: string[] = [];
    for (let i = 0; ; i++) {
      const part = this.#attribute(`${name}${i}`);
      if (!Array.isArray(part)) return i > 0 ? parts : null;
      parts.push(...part.map((item) => trimmed(String(item))));
    }
  }

  /** Group at a path; null if there is none. */
  group(path: string): HdfGroup | null {
    const found = this.#at(path);
    return found === null || isData(found) ? null : new HdfGroup(found, `${this.#path}/${path}`);
  }

  /** Shape of the numeric data set at a path; null if there is none. */
  shape(path: string): readonly number[] | null {
    const found = this.#at(path);
    return isData(found) ? guarded(path, () => found.shape) : null;
  }

  /**
   * The numbers of a data set.
   *
   * @param limit upper bound on the count, so that a corrupt size allocates nothing.
   * @throws MienError `model-file/damaged` if it is missing, too long, of another type or truncated.
   */
  numbers(path: string, limit: number): HdfArray {
    const found = this.#at(path);
    const where = `${this.#path}/${path}`;
    if (!isData(found)) throw new MienError('model-file', 'damaged', `${where} is missing`);
    return guarded(where, () => {
      const { shape } = found;
      const count = shape.reduce((product, size) => product * size, 1);
      if (!(count <= limit)) throw new Error(`${count} numbers`);
      const values = found.values();
      if (values.length !== count) throw new Error(`${values.length} of ${count} numbers`);
      return { shape, values };
    });
  }

  #attribute(name: string): unknown {
    return guarded(this.#path, () => this.#source.attribute(name));
  }

  #at(path: string): HdfSource | HdfData | null {
    let at: HdfSource | HdfData | null = this.#source;
    for (const part of path.split('/').filter((step) => step !== '')) {
      if (at === null || isData(at)) return null;
      const group: HdfSource = at;
      if (!guarded(this.#path, () => group.keys).includes(part)) return null;
      at = guarded(part, () => group.member(part));
    }
    return at;
  }
}

function trimmed(text: string): string {
  return text.replace(/\0+$/, '');
}

/** The libraries throw plain strings, RangeErrors of DataView and assertion errors; all of them mean damage here. */
function guarded<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damage(where, error);
  }
}

/** jsfive's message, with the filter's number in the HDF Group's registry. */
const UNKNOWN_FILTER = /filter with id:\s*(\d+)/i;

function damage(where: string, error: unknown): MienError {
  if (error instanceof MienError) return MienError.from(error);
  if (error instanceof UnknownStorage) return new MienError('model-file', 'unsupported-storage', `${where}: ${error.message}`, error);
  const filter = UNKNOWN_FILTER.exec(String(error))?.[1];
  if (filter !== undefined) return new MienError('model-file', 'unsupported-storage', `${where}: HDF5 filter ${filter}`, error);
  return new MienError('model-file', 'damaged', `${where}: ${saidIn(error)}`, error);
}

/** A line of the HDF Group's library; its error stack lists failures from the outermost to the innermost. */
const FAILED_WITHIN = / in \w+\(\): (?<what>.+)/g;

function saidIn(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return [...said.matchAll(FAILED_WITHIN)].at(-1)?.groups?.['what'] ?? said;
}
