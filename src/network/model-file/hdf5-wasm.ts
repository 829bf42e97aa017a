import { Dataset, File, Group, ready } from 'h5wasm';
import type { HdfData, HdfSource } from './hdf5-source';

type H5Module = Awaited<typeof ready>;

/** Numbers the files in the library's own file system. */
let opened = 0;

/**
 * Reads a file through the HDF Group's own library, which knows every layout: user blocks, compact storage, and all
 * that h5py's `libver='latest'` brings. A megabyte to fetch, so that only files beyond jsfive come here.
 *
 * @param use what to do with the root; the file is closed after it.
 */
export async function throughHdf5Library<T>(bytes: ArrayBuffer, use: (root: HdfSource) => Promise<T>): Promise<T> {
  const library = await ready;
  const { FS } = library;
  const path = `/model-${++opened}.h5`;
  FS.writeFile(path, new Uint8Array(bytes));
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
      const { metadata, dtype } = data;
      const Numbers = typeof dtype === 'string' ? NUMBERS[dtype] : undefined;
      if (!Numbers) throw new Error(`type ${JSON.stringify(dtype)}`);
      const bytes = metadata.size * metadata.total_size;
      const at = library._malloc(bytes);
      try {
        // The library's own `value` ignores what this says, and hands over whatever lay in the memory.
        if (library.get_dataset_data(data.file_id, data.path, null, null, null, BigInt(at)) < 0) throw unread(data);
        return Float32Array.from(new Numbers(library.HEAPU8.slice(at, at + bytes).buffer));
      } finally {
        library._free(at);
      }
    },
  };
}

/** Those that the library has: gzip, shuffle, Fletcher's checksum, n-bit, scale and offset. */
const FILTERS: ReadonlySet<number> = new Set([1, 2, 3, 5, 6]);

function unread({ filters, path }: Dataset): Error {
  const unknown = filters.find(({ id }) => !FILTERS.has(id));
  return new Error(unknown ? `filter with id:${unknown.id}` : `${path} is not to be read`);
}

/** By their names in NumPy: the bytes come as they lie in the file, so that those of the other order are none. */
const NUMBERS: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayLike<number>>> = {
  ...{ '<f': Float32Array, '<d': Float64Array, '<b': Int8Array, '<B': Uint8Array, '<h': Int16Array, '<H': Uint16Array, '<i': Int32Array, '<I': Uint32Array },
};
