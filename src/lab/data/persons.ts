/** Parts of a file's name that often say who it is: `S005_001_00000011.png`, `p12-happy.jpg`, `KA.AN1.39.tiff`. */
const PATTERNS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'letters and digits before the first separator', pattern: /^([A-Za-z]+\d+)[_.\-\s]/ },
  { name: 'letters before the first separator', pattern: /^([A-Za-z]{2,3})[_.\-\s]/ },
  { name: 'digits before the first separator', pattern: /^(\d+)[_.\-\s]/ },
];

export interface PersonPattern {
  readonly name: string;
  /** Its first group is the person. */
  readonly pattern: RegExp;
  /** How many people it tells apart. */
  readonly people: number;
}

/** A person has at least this many pictures, on average, where a pattern really names people. */
const FEWEST_PICTURES = 2;

/** Patterns that fit all names and group them; the most people first. */
export function proposePersonPatterns(paths: readonly string[]): PersonPattern[] {
  return PATTERNS.flatMap(({ name, pattern }) => {
    const people = paths.map((path) => personBy(pattern, path));
    if (people.includes(null)) return [];
    const count = new Set(people).size;
    return count > 1 && paths.length / count >= FEWEST_PICTURES ? [{ name, pattern, people: count }] : [];
  }).sort((a, b) => b.people - a.people);
}

/** The person that a pattern finds in a file's own name; null if it does not fit. */
export function personBy(pattern: RegExp, path: string): string | null {
  return pattern.exec(path.slice(path.lastIndexOf('/') + 1))?.[1] ?? null;
}
