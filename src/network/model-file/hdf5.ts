import { MienError } from '../../engine/errors';
import { openByJsfive } from './hdf5-jsfive';
import { isData, UnknownStorage, type HdfData, type HdfSource } from './hdf5-source';

/** Eight bytes with which HDF5 begins, at the start of a file or behind a user block. */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Bytes of the smallest user block; each next size is twice as large. */
const SMALLEST_USER_BLOCK = 512;

/** Where HDF5 begins; null where it does not. */
function startOf(bytes: Uint8Array): number | null {
  for (let at = 0; at < bytes.length; at = at === 0 ? SMALLEST_USER_BLOCK : 2 * at) {
    if (SIGNATURE.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return null;
}

export function isHdf5(bytes: Uint8Array): boolean {
  return startOf(bytes) !== null;
}

/** Version of the superblock with which files began that h5py writes with `libver='latest'`: beyond jsfive in parts, and with checksums. */
const CHECKED_SUPERBLOCK = 2;

/**
 * Reads an HDF5 file: by jsfive, which is small and knows what Keras writes; what is beyond it, by the HDF Group's own
 * library, which is then fetched. Files of the old kind, without checksums, never reach that: it may run on forever on damaged ones.
 *
 * @param use may run twice.
 * @throws MienError `model-file/damaged` where neither can read it, `model-file/unsupported-storage` for a compression or a type of
 *   numbers that neither has, `model/network` where the library does not come, `engine/wasm-blocked` where it may not run,
 *   `model-file/too-large` where it has no memory, and whatever `use` throws.
 */
export async function readHdf5<T>(bytes: ArrayBuffer, use: (root: HdfGroup) => T | Promise<T>): Promise<T> {
  const start = startOf(new Uint8Array(bytes)) ?? 0;
  // Addresses in the file count from the end of its user block.
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

/** What may mean that jsfive lacks something, though the file is sound. */
const DOUBTFUL: ReadonlySet<string> = new Set(['damaged', 'unsupported-storage', 'not-a-model', 'weights-only']);

/** Numbers of one data set, row-major. */
export interface HdfArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** One group of an HDF5 file. */
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

  /** A text attribute without the zeros that pad it; null if absent or no text. */
  text(name: string): string | null {
    const value = this.#attribute(name);
    return typeof value === 'string' ? trimmed(value) : null;
  }

  /**
   * A list of texts; Keras cuts one that is longer than an HDF5 attribute may be into `name0`, `name1` … Null if absent.
   */
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

  /** The group at a path; null if there is none. */
  group(path: string): HdfGroup | null {
    const found = this.#at(path);
    return found === null || isData(found) ? null : new HdfGroup(found, `${this.#path}/${path}`);
  }

  /** Whether a data set of numbers is at the path, of what shape; null if there is none. */
  shape(path: string): readonly number[] | null {
    const found = this.#at(path);
    return isData(found) ? guarded(path, () => found.shape) : null;
  }

  /**
   * The numbers of a data set.
   *
   * @param limit how many it may have, so that a damaged size allocates nothing.
   * @throws MienError `model-file/damaged` where it is missing, too long, of another type or cut short.
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

/** The libraries throw plain strings, RangeErrors of DataView and errors of failed assertions: all of them mean damage here. */
function guarded<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damage(where, error);
  }
}

/** As jsfive says it, with the number under which the HDF Group lists the filter. */
const UNKNOWN_FILTER = /filter with id:\s*(\d+)/i;

function damage(where: string, error: unknown): MienError {
  if (error instanceof MienError) return MienError.from(error);
  if (error instanceof UnknownStorage) return new MienError('model-file', 'unsupported-storage', `${where}: ${error.message}`, error);
  const filter = UNKNOWN_FILTER.exec(String(error))?.[1];
  if (filter !== undefined) return new MienError('model-file', 'unsupported-storage', `${where}: HDF5 filter ${filter}`, error);
  return new MienError('model-file', 'damaged', `${where}: ${saidIn(error)}`, error);
}

/** A line of the HDF Group's library, which says what failed from the outside inwards. */
const FAILED_WITHIN = / in \w+\(\): (?<what>.+)/g;

function saidIn(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return [...said.matchAll(FAILED_WITHIN)].at(-1)?.groups?.['what'] ?? said;
}
