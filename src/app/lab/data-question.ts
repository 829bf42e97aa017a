import type { PersonPattern } from '../../lab/data/persons';
import type { ReadData } from '../../lab/data/read-data';
import type { DataName } from './data-words';
import type { CropChoice } from './face-source';

/** Question to the user before faces are cropped. */
export interface DataQuestion {
  readonly name: DataName;
  /** The data set that these faces replace; null if there is none. */
  readonly replaces: DataName | null;
  readonly read: ReadData;
  readonly files: ReadonlyMap<string, File>;
  /** Label as written → class; null: excluded. */
  readonly categories: ReadonlyMap<string, string | null>;
  readonly crop: CropChoice;
  /** Person clues found in paths, and the chosen one; null: only folders or columns identify people. */
  readonly patterns: readonly PersonPattern[];
  readonly pattern: PersonPattern | null;
}
