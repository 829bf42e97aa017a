import type { LabFace } from './data-set';

/** What faces can be parted by. */
export interface GroupColumn {
  /** As the data set calls it; null: by person. */
  readonly name: string | null;
  /** The group of each face, in their order; empty: of none. */
  readonly values: readonly string[];
  /** Groups from the lowest to the highest, where they are ranges of numbers; null where they are values. */
  readonly ranges: readonly NumberRange[] | null;
}

/** The numbers from the least to the most, both included. */
export interface NumberRange {
  /** What `values` and files call it. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** Numbers of more values than these are parted into ranges. */
const MOST_VALUES = 20;
const RANGES = 4;

/** Everything by which faces can be parted: each column of which some value comes again, or that has many numbers, and the person. */
export function groupColumns(faces: readonly Pick<LabFace, 'columns' | 'person'>[]): GroupColumn[] {
  const names = new Set<string>();
  for (const { columns } of faces) for (const name in columns) names.add(name);
  const persons = faces.map(({ person }) => person ?? '');
  const columns = Array.from(names, (name) => ({ name, values: faces.map(({ columns }) => (columns[name] ?? '').trim()) }));
  const saying = columns.filter(({ values }) => values.every((value, i) => value === persons[i]));
  const all = columns.map((column) => (saying.includes(column) ? sameValues(column.name, column.values) : columnOf(column.name, column.values)));
  // Where a column says who it is, it is there already.
  return [...all, saying.length > 0 ? null : sameValues(null, persons)].filter((column) => column !== null);
}

function columnOf(name: string, values: readonly string[]): GroupColumn | null {
  const known = values.filter((value) => value !== '');
  const ranges = new Set(known).size > MOST_VALUES ? rangesOf(known) : null;
  if (!ranges) return sameValues(name, values);
  return { name, values: values.map((value) => (value === '' ? '' : (ranges.find(({ most }) => Number(value) <= most)?.name ?? ''))), ranges };
}

/** By what they are, also where they are numbers: a person's is no measure. Null where they part nothing. */
function sameValues(name: string | null, values: readonly string[]): GroupColumn | null {
  const known = values.filter((value) => value !== '');
  const distinct = new Set(known).size;
  return distinct > 1 && distinct < known.length ? { name, values, ranges: null } : null;
}

/** Ranges of about as many faces each; null where some value is no number, or all are numbers that count up, as of files. */
function rangesOf(values: readonly string[]): NumberRange[] | null {
  const numbers = values.map(Number).sort((a, b) => a - b);
  if (!numbers.every(Number.isFinite) || countUp(numbers)) return null;
  const ends = Array.from({ length: RANGES }, (_, i) => numbers[Math.ceil(((i + 1) * numbers.length) / RANGES) - 1] ?? NaN);
  return [...new Set(ends)].map((most, i, all) => {
    const before = all[i - 1] ?? -Infinity;
    const least = numbers.find((number) => number > before) ?? most;
    return { name: least === most ? `${most}` : `${least} to ${most}`, least, most };
  });
}

/** Whole numbers, each of which comes once, and that leave out fewer than they are: of a measure, some would come again. */
function countUp(sorted: readonly number[]): boolean {
  const span = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) + 1;
  return sorted.every(Number.isInteger) && new Set(sorted).size === sorted.length && span < 2 * sorted.length;
}
