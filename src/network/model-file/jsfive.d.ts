/** The parts of jsfive that are used; it ships no types. */
declare module 'jsfive' {
  export class Group {
    readonly keys: readonly string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    /** Throws, at times a plain string, where nothing is at the path. */
    get(path: string): Group | Dataset | null;
  }

  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }

  export class Dataset {
    readonly shape: readonly number[];
    /** As in NumPy, e.g. `<f4`; an array for types that are not plain numbers. */
    readonly dtype: string | readonly unknown[];
    readonly value: readonly unknown[];
    readonly _dataobjects: DataObjects;
  }

  /** The header of a data set. */
  export interface DataObjects {
    /** The whole file. */
    readonly fh: ArrayBuffer;
    /** Its messages of a type. */
    find_msg_type(type: number): readonly ReadonlyMap<string, number>[];
    /** Of a layout message; what it says of its class begins at the last. */
    _get_data_message_properties(at: number): readonly [version: number, dimensions: number | undefined, layout: number, at: number];
  }
}
