/** Types for the used parts of jsfive, which ships none. */
declare module 'jsfive' {
  export class Group {
    readonly keys: readonly string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    /** Throws, sometimes a plain string, if nothing is at the path. */
    get(path: string): Group | Dataset | null;
  }

  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }

  export class Dataset {
    readonly shape: readonly number[];
    /** In NumPy's notation, e.g. `<f4`; an array for types that are not plain numbers. */
    readonly dtype: string | readonly unknown[];
    readonly value: readonly unknown[];
    readonly _dataobjects: DataObjects;
  }

  /** Header of a data set. */
  export interface DataObjects {
    /** The whole file. */
    readonly fh: ArrayBuffer;
    /** Messages of the given type. */
    find_msg_type(type: number): readonly ReadonlyMap<string, number>[];
    /** Properties of a layout message; data of its layout class starts at `at`. */
    _get_data_message_properties(at: number): readonly [version: number, dimensions: number | undefined, layout: number, at: number];
  }
}
