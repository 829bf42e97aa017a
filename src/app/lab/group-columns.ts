import type { LabFace } from './data-set';

/** What faces can be parted by. */
export interface GroupColumn {
  /** As the data set calls it; null: by person. */
  readonly name: string | null;
  /** The group of each face, in their order; empty: of none. */
  readonly values: readonly string[];
  /** Groups from the lowest to the highest, where they are ranges of numbers; null where they are values. */
  readonly ranges: readonly string[] | null;
}

/** Numbers of more values than these are parted into ranges. */
const MOST_VALUES = 20;
const RANGES = 4;

/** Everything by which faces can be parted: each column of which some value comes again, or that has numbers, and the person. */
export function groupColumns(faces: readonly Pick<LabFace, 'columns' | 'person'>[]): GroupColumn[] {
  const names = new Set<string>();
  for (const { columns } of faces) for (const name in columns) names.add(name);
  const all = Array.from(names, (name) => columnOf(name, faces.map(({ columns }) => (columns[name] ?? '').trim())));
  const persons = faces.map(({ person }) => person ?? '');
  // Where a column says who it is, it is there already.
  const isSaid = Array.from(names).some((name) => faces.every(({ columns }, i) => (columns[name] ?? '').trim() === persons[i]));
  return [...all, isSaid ? null : columnOf(null, persons)].filter((column) => column !== null);
}

function columnOf(name: string | null, values: readonly string[]): GroupColumn | null {
  const known = values.filter((value) => value !== '');
  const distinct = new Set(known).size;
  if (distinct < 2) return null;
  const ranges = name !== null && distinct > MOST_VALUES ? rangesOf(known) : null;
  if (ranges) return { name, values: values.map((value) => ranges.find(({ most }) => value !== '' && Number(value) <= most)?.words ?? ''), ranges: ranges.map(({ words }) => words) };
  return distinct < known.length ? { name, values, ranges: null } : null;
}

interface NumberRange {
  readonly most: number;
  readonly words: string;
}

/** Ranges of about as many faces each; null where some value is no number, or all are numbers that count up, as of files. */
function rangesOf(values: readonly string[]): NumberRange[] | null {
  const numbers = values.map(Number).sort((a, b) => a - b);
  if (numbers.some((number) => !Number.isFinite(number)) || new Set(numbers).size === numbers.length) return null;
  const ends = Array.from({ length: RANGES }, (_, i) => numbers[Math.ceil(((i + 1) * numbers.length) / RANGES) - 1] ?? NaN);
  return [...new Set(ends)].map((most, i, all) => {
    const before = all[i - 1] ?? -Infinity;
    const least = numbers.find((number) => number > before) ?? most;
    return { most, words: least === most ? `${most}` : `${least}–${most}` };
  });
}
