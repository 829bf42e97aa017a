import { Dataset, File, Group } from 'jsfive';
import { numbersOf, type NumberType } from './hdf5-numbers';
import { UnknownStorage, type HdfData, type HdfSource } from './hdf5-source';

/**
 * A file as jsfive reads it: contiguous, chunked and (read here) compact storage, gzip and shuffle, either byte order, 16- to 64-bit floats and
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
      const type = numbersIn(data);
      const within = compactBytes(data);
      if (within) return numbersOf(within, type);
      const { value } = data;
      // Of 64-bit integers. What takes a function takes seconds for the millions of numbers of a large layer.
      return typeof value[0] === 'bigint' ? Float32Array.from(value, Number) : new Float32Array(value as readonly number[]);
    },
  };
}

/** What jsfive throws at kinds of types that it lacks. */
const LACKED = /datatype class not supported|not yet implemented/;

function numbersIn(data: Dataset): NumberType {
  const { kind, order, bytes } = /^(?<order>[<>])(?<kind>[iuf])(?<bytes>\d)$/.exec(typeOf(data))?.groups ?? {};
  if (bytes === undefined) throw new UnknownStorage(`type ${typeOf(data)}`);
  return { isFloat: kind === 'f', isSigned: kind === 'i', isLittleEndian: order === '<', size: Number(bytes) };
}

/** As in NumPy. */
function typeOf(data: Dataset): string {
  try {
    return String(data.dtype);
  } catch (error) {
    throw LACKED.test(String(error)) ? new UnknownStorage(String(error)) : error;
  }
}

/** The type of the message that says where the numbers lie. */
const LAYOUT = 8;
/** The layout of numbers within the header, behind two bytes of their length. */
const COMPACT = 0;

/** Null where they lie elsewhere. */
function compactBytes({ _dataobjects: header }: Dataset): Uint8Array<ArrayBuffer> | null {
  const at = header.find_msg_type(LAYOUT)[0]?.get('offset_to_message');
  if (at === undefined) throw new Error('no layout');
  const [, , layout, from] = header._get_data_message_properties(at);
  return layout === COMPACT ? new Uint8Array(header.fh, from + 2, new DataView(header.fh).getUint16(from, true)) : null;
}
