import { Dataset, File, Group } from 'jsfive';
import type { HdfData, HdfSource } from './hdf5-source';

/**
 * A file as jsfive reads it: contiguous and chunked storage, gzip and shuffle, either byte order, 16- to 64-bit floats and
 * integers, fixed and variable strings. That is what Keras writes.
 */
export function openByJsfive(bytes: ArrayBuffer): HdfSource {
  return sourceOf(new File(bytes, ''));
}

function sourceOf(group: Group): HdfSource {
  return {
    get keys() {
      return group.keys;
    },
    attribute: (name) => (Object.hasOwn(group.attrs, name) ? group.attrs[name] : undefined),
    member(name) {
      const found = group.get(name);
      if (found instanceof Group) return sourceOf(found);
      return found instanceof Dataset ? dataOf(found) : null;
    },
  };
}

function dataOf(data: Dataset): HdfData {
  return {
    get shape() {
      return data.shape.map(Number);
    },
    values() {
      if (typeof data.dtype !== 'string' || !/^[<>=|]?[iuf]\d/.test(data.dtype)) throw new Error(`type ${String(data.dtype)}`);
      const { value } = data;
      // Of 64-bit integers. What takes a function takes seconds for the millions of numbers of a large layer.
      return typeof value[0] === 'bigint' ? Float32Array.from(value, Number) : new Float32Array(value as readonly number[]);
    },
  };
}
