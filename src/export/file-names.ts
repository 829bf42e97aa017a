/** Characters not allowed in file names. */
const NOT_ALLOWED = /[\\/:*?"<>|\p{Cc}]+/gu;
/** Bidirectional isolates: invisible characters that set the text direction. */
const ISOLATES = /[\u2066-\u2069]/g;
/** Device names reserved by Windows. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
/** Up to five letters and digits, at least one of them a letter: "take 3.5" has no extension. */
const EXTENSION = /(?<=.)\.(?=\d*[a-z])[a-z\d]{1,5}$/i;
/** Leaves room for a suffix and an extension within the 255 bytes that file systems allow. */
const MOST_CHARACTERS = 100;
const MOST_BYTES = 200;

/**
 * Turns a file path into the stem of another file's name: `P01/webcam.mp4` becomes `P01_webcam`, so that names sort
 * by folder. Long paths keep their end.
 */
export function stemOfPath(path: string, fallback: string): string {
  const parts = path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.' && part !== '..');
  return fitName(parts.join('_').replace(EXTENSION, ''), fallback);
}

/** Turns any text into a valid stem of a file name. */
export function fitName(text: string, fallback: string): string {
  const characters = Array.from(text.replace(ISOLATES, '').replace(NOT_ALLOWED, '-').replace(/^[.\s]+|[.\s]+$/g, '')).slice(-MOST_CHARACTERS);
  while (new TextEncoder().encode(characters.join('')).length > MOST_BYTES) characters.shift();
  const name = characters.join('').replace(/^[.\s]+/, '');
  return name === '' ? fallback : RESERVED.test(name) ? `${name}_` : name;
}

/** Local time as part of a file name that sorts by time: 2026-07-05-14-03-09. */
export function timeInName(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two);
  return [...day, ...time].join('-');
}

/** Makes stems unique by appending " (2)", " (3)" …, in order. Case is ignored, as on many file systems. */
export function uniqueStems(stems: readonly string[]): string[] {
  const keyOf = (stem: string) => stem.normalize().toLowerCase();
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return stems.map((stem) => {
    let unique = stem;
    let count = counts.get(keyOf(stem)) ?? 1;
    while (taken.has(keyOf(unique))) unique = `${stem} (${++count})`;
    counts.set(keyOf(stem), count);
    taken.add(keyOf(unique));
    return unique;
  });
}
