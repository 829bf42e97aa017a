import { Dataset, File, Group } from 'jsfive';
import { MienError } from '../../engine/errors';

/** The first eight bytes of every HDF5 file without a user block. */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function isHdf5(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** Numbers of one data set, row-major. */
export interface HdfArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * One group of an HDF5 file, over jsfive: contiguous and chunked storage, gzip and shuffle, either byte order, 16- to
 * 64-bit floats and integers, fixed and variable strings. That is what Keras writes.
 */
export class HdfGroup {
  readonly #group: Group;
  readonly #path: string;

  private constructor(group: Group, path: string) {
    this.#group = group;
    this.#path = path;
  }

  /** @throws MienError `model-file/damaged` for damage and for features of HDF5 that jsfive lacks. */
  static open(bytes: ArrayBuffer): HdfGroup {
    return new HdfGroup(guarded('HDF5', () => new File(bytes, '')), '');
  }

  get keys(): readonly string[] {
    return guarded(this.#path, () => this.#group.keys);
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
    return found instanceof Group ? new HdfGroup(found, `${this.#path}/${path}`) : null;
  }

  /** Whether a data set of numbers is at the path, of what shape; null if there is none. */
  shape(path: string): readonly number[] | null {
    const found = this.#at(path);
    if (!(found instanceof Dataset)) return null;
    return guarded(path, () => found.shape.map(Number));
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
    if (!(found instanceof Dataset)) throw new MienError('model-file', 'damaged', `${where} is missing`);
    return guarded(where, () => {
      const shape = found.shape.map(Number);
      const count = shape.reduce((product, size) => product * size, 1);
      if (!(count <= limit)) throw new Error(`${count} numbers`);
      if (typeof found.dtype !== 'string' || !/^[<>=|]?[iuf]\d/.test(found.dtype)) throw new Error(`type ${String(found.dtype)}`);
      const values = Float32Array.from(found.value, Number);
      if (values.length !== count) throw new Error(`${values.length} of ${count} numbers`);
      return { shape, values };
    });
  }

  #attribute(name: string): unknown {
    const attributes = guarded(this.#path, () => this.#group.attrs);
    return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  }

  #at(path: string): Group | Dataset | null {
    let at: Group | Dataset | null = this.#group;
    for (const part of path.split('/').filter((step) => step !== '')) {
      if (!(at instanceof Group)) return null;
      const group: Group = at;
      if (!guarded(this.#path, () => group.keys).includes(part)) return null;
      at = guarded(part, () => group.get(part));
    }
    return at;
  }
}

function trimmed(text: string): string {
  return text.replace(/\0+$/, '');
}

/** jsfive throws plain strings, RangeErrors of DataView and errors of failed assertions: all of them mean damage here. */
function guarded<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MienError) throw error;
    throw new MienError('model-file', 'damaged', `${where}: ${String(error)}`, error);
  }
}
