import { Dataset, File, Group, ready } from 'h5wasm';
import { MienError } from '../../engine/errors';
import { numbersOf } from './hdf5-numbers';
import { UnknownStorage, type HdfData, type HdfSource } from './hdf5-source';

type H5Module = Awaited<typeof ready>;

/** Numbers the files in the library's virtual file system. */
let opened = 0;

/**
 * Reads a file with the HDF Group's own library, which supports every layout: user blocks, compact storage, and everything written by h5py with
 * `libver='latest'`. Its download is one megabyte, so it is used only for files that jsfive cannot read.
 *
 * @param use reads from the root; the file is closed afterwards.
 * @throws MienError `engine/wasm-blocked` if it is not allowed to run, `model-file/too-large` if it is out of memory; all errors of reading.
 */
export async function throughHdf5Library<T>(bytes: ArrayBuffer, use: (root: HdfSource) => Promise<T>): Promise<T> {
  const library = await ready.catch((error: unknown) => {
    if (/memory/i.test(String(error))) throw new MienError('model-file', 'too-large', String(error), error);
    throw new MienError('engine', 'wasm-blocked', `the library for HDF5: ${String(error)}`, error);
  });
  // By default, the library prints errors to the console instead of throwing them.
  library.activate_throwing_error_handler();
  const { FS } = library;
  const path = `/model-${++opened}.h5`;
  try {
    FS.writeFile(path, new Uint8Array(bytes));
  } catch (error) {
    throw new MienError('model-file', 'too-large', `no memory for ${bytes.byteLength} bytes`, error);
  }
  try {
    const file = new File(path, 'r');
    try {
      return await use(sourceOf(file, library));
    } finally {
      file.close();
    }
  } finally {
    FS.unlink(path);
  }
}

function sourceOf(group: Group, library: H5Module): HdfSource {
  return {
    get keys() {
      return group.keys();
    },
    attribute: (name) => (name in group.attrs ? group.get_attribute(name, false) : undefined),
    member(name) {
      const found = group.get(name);
      if (found instanceof Group) return sourceOf(found, library);
      return found instanceof Dataset ? dataOf(found, library) : null;
    },
  };
}

function dataOf(data: Dataset, library: H5Module): HdfData {
  return {
    get shape() {
      return data.shape ?? [0];
    },
    values() {
      const { type, size, signed } = data.metadata;
      const { H5T_FLOAT, H5T_INTEGER } = library.H5T_class_t;
      const isFloat = type === H5T_FLOAT.value;
      if (!isFloat && type !== H5T_INTEGER.value) throw new UnknownStorage(`HDF5 type ${type}`);
      return numbersOf(bytesOf(data, library), { isFloat, isSigned: signed, isLittleEndian: true, size });
    },
  };
}

/** Raw data, decompressed and in little-endian order. */
function bytesOf(data: Dataset, library: H5Module): Uint8Array<ArrayBuffer> {
  const { size, total_size: count } = data.metadata;
  const at = library._malloc(size * count);
  if (at === 0) throw new MienError('model-file', 'too-large', `${data.path}: no memory for ${size * count} bytes`);
  try {
    // The library's own `value` ignores this return code and would return uninitialized memory.
    if (library.get_dataset_data(data.file_id, data.path, null, null, null, BigInt(at)) < 0) throw new Error(`${data.path} is not to be read`);
    return library.HEAPU8.slice(at, at + size * count);
  } catch (error) {
    const unknown = data.filters.find(({ id }) => !FILTERS.has(id));
    throw unknown ? new UnknownStorage(`HDF5 filter ${unknown.id}`) : error;
  } finally {
    library._free(at);
  }
}

/** Filters in the library: gzip, shuffle, Fletcher32, n-bit, scale-offset. */
const FILTERS: ReadonlySet<number> = new Set([1, 2, 3, 5, 6]);
