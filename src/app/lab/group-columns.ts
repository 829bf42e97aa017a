import type { LabFace } from './data-set';

/** Columns that faces can be grouped by. */
export interface GroupColumn {
  /** Column name in the data set; null: by person. */
  readonly name: string | null;
  /** Group of each face, in order; empty if it has none. */
  readonly values: readonly string[];
  /** Ranges from lowest to highest if the groups are number ranges; null if they are values. */
  readonly ranges: readonly NumberRange[] | null;
}

/** Inclusive range of numbers. */
export interface NumberRange {
  /** Name of the range in `values` and in files. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** Numeric columns with more distinct values than this are divided into ranges. */
const MOST_VALUES = 20;
const RANGES = 4;

/** All columns to group faces by: those with repeating values or many numbers, and the person. */
export function groupColumns(faces: readonly Pick<LabFace, 'columns' | 'person'>[]): GroupColumn[] {
  const names = new Set<string>();
  for (const { columns } of faces) for (const name in columns) names.add(name);
  const persons = faces.map(({ person }) => person ?? '');
  const columns = Array.from(names, (name) => ({ name, values: faces.map(({ columns }) => (columns[name] ?? '').trim()) }));
  const saying = columns.filter(({ values }) => values.every((value, i) => value === persons[i]));
  const all = columns.map((column) => (saying.includes(column) ? sameValues(column.name, column.values) : columnOf(column.name, column.values)));
  // Omits the person if a column already contains it.
  return [...all, saying.length > 0 ? null : sameValues(null, persons)].filter((column) => column !== null);
}

function columnOf(name: string, values: readonly string[]): GroupColumn | null {
  const known = values.filter((value) => value !== '');
  const ranges = new Set(known).size > MOST_VALUES ? rangesOf(known) : null;
  if (!ranges) return sameValues(name, values);
  return { name, values: values.map((value) => (value === '' ? '' : (ranges.find(({ most }) => Number(value) <= most)?.name ?? ''))), ranges };
}

/** Groups by value, even for numbers: a subject number is not a measurement. Null if the column does not group anything. */
function sameValues(name: string | null, values: readonly string[]): GroupColumn | null {
  const known = values.filter((value) => value !== '');
  const distinct = new Set(known).size;
  return distinct > 1 && distinct < known.length ? { name, values, ranges: null } : null;
}

/** Ranges with about the same number of faces; null if a value is not a number, or if all are running numbers, as of files. */
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

/** True for distinct integers with fewer gaps than values: a measurement would have repetitions. */
function countUp(sorted: readonly number[]): boolean {
  const span = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) + 1;
  return sorted.every(Number.isInteger) && new Set(sorted).size === sorted.length && span < 2 * sorted.length;
}
