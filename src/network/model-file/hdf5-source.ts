/** A group of an HDF5 file, as a library for them gives it. Reading may throw anything where the file is damaged or beyond the library. */
export interface HdfSource {
  readonly keys: readonly string[];
  /** Undefined if absent. Texts and lists of texts are such; other types are whatever the library makes of them. */
  attribute(name: string): unknown;
  /** The member of a name among `keys`; null for what is neither group nor data. */
  member(name: string): HdfSource | HdfData | null;
}

/** A data set of an HDF5 file. */
export interface HdfData {
  readonly shape: readonly number[];
  /** Its numbers, row-major. Throws where they are none. */
  values(): Float32Array;
}

export function isData(member: HdfSource | HdfData | null): member is HdfData {
  return member !== null && 'values' in member;
}

/** Of storage that cannot be read here though the file may be sound: a filter, a type of numbers. */
export class UnknownStorage extends Error {}
