/** A group of an HDF5 file, as exposed by an HDF5 library. Reading may throw any error if the file is damaged or unsupported by the library. */
export interface HdfSource {
  readonly keys: readonly string[];
  /** Undefined if absent. Returns strings and arrays of strings as such; the representation of other types depends on the library. */
  attribute(name: string): unknown;
  /** Member named by one of `keys`; null if it is neither a group nor a data set. */
  member(name: string): HdfSource | HdfData | null;
}

/** A data set of an HDF5 file. */
export interface HdfData {
  readonly shape: readonly number[];
  /** Its numbers, row-major. Throws if it is not numeric. */
  values(): Float32Array;
}

export function isData(member: HdfSource | HdfData | null): member is HdfData {
  return member !== null && 'values' in member;
}

/** Thrown for unsupported storage in a file that may be intact: a filter or a type of numbers. */
export class UnknownStorage extends Error {}
