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
  }
}
