import type { PersonPattern } from '../../lab/data/persons';
import type { ReadData } from '../../lab/data/read-data';
import type { DataName } from './data-words';
import type { CropChoice } from './face-source';

/** Asked before faces are cut out. */
export interface DataQuestion {
  readonly name: DataName;
  /** The data set whose place these faces take; null if there is none. */
  readonly replaces: DataName | null;
  readonly read: ReadData;
  readonly files: ReadonlyMap<string, File>;
  /** Label as written → class; null: left out. */
  readonly categories: ReadonlyMap<string, string | null>;
  readonly crop: CropChoice;
  /** Clues in paths that tell people apart, and the chosen one; null: nobody is known but by folder or column. */
  readonly patterns: readonly PersonPattern[];
  readonly pattern: PersonPattern | null;
}
