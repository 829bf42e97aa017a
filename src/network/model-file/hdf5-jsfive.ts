import { Dataset, File, Group } from 'jsfive';
import { numbersOf, type NumberType } from './hdf5-numbers';
import { UnknownStorage, type HdfData, type HdfSource } from './hdf5-source';

/**
 * Opens a file with jsfive, which covers what Keras writes: contiguous, chunked and (added here) compact storage, gzip and shuffle, either byte
 * order, 16- to 64-bit floats and integers, fixed and variable-length strings.
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
      const type = numbersIn(data);
      const within = compactBytes(data);
      if (within) return numbersOf(within, type);
      const { value } = data;
      // bigint values come from 64-bit integers. A mapping function would take seconds for the millions of numbers in a large layer.
      return typeof value[0] === 'bigint' ? Float32Array.from(value, Number) : new Float32Array(value as readonly number[]);
    },
  };
}

/** jsfive's errors for unsupported types. */
const LACKED = /datatype class not supported|not yet implemented/;

function numbersIn(data: Dataset): NumberType {
  const { kind, order, bytes } = /^(?<order>[<>])(?<kind>[iuf])(?<bytes>\d)$/.exec(typeOf(data))?.groups ?? {};
  if (bytes === undefined) throw new UnknownStorage(`type ${typeOf(data)}`);
  return { isFloat: kind === 'f', isSigned: kind === 'i', isLittleEndian: order === '<', size: Number(bytes) };
}

/** In NumPy's notation. */
function typeOf(data: Dataset): string {
  try {
    return String(data.dtype);
  } catch (error) {
    throw LACKED.test(String(error)) ? new UnknownStorage(String(error)) : error;
  }
}

/** Type of the header message that locates the data. */
const LAYOUT = 8;
/** Layout with the data inside the header, preceded by its length in two bytes. */
const COMPACT = 0;

/** Null for other layouts. */
function compactBytes({ _dataobjects: header }: Dataset): Uint8Array<ArrayBuffer> | null {
  const at = header.find_msg_type(LAYOUT)[0]?.get('offset_to_message');
  if (at === undefined) throw new Error('no layout');
  const [, , layout, from] = header._get_data_message_properties(at);
  return layout === COMPACT ? new Uint8Array(header.fh, from + 2, new DataView(header.fh).getUint16(from, true)) : null;
}
