/** Characters not allowed in file names. */
const NOT_ALLOWED = /[\\/:*?"<>|\p{Cc}]+/gu;
/** Set the direction of a part of a sentence, and are not seen. */
const ISOLATES = /[\u2066-\u2069]/g;
/** Names that Windows keeps for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
/** At most five letters and digits, one letter among them: "take 3.5" has none. */
const EXTENSION = /(?<=.)\.(?=\d*[a-z])[a-z\d]{1,5}$/i;
/** Room for a suffix and an extension within the 255 bytes that file systems allow. */
const MOST_CHARACTERS = 100;
const MOST_BYTES = 200;

/**
 * A file's path as the stem of another file's name: `P01/webcam.mp4` becomes `P01_webcam`, so that names sort by
 * folder. Of a long one, the end is kept.
 */
export function stemOfPath(path: string, fallback: string): string {
  const parts = path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.' && part !== '..');
  return fitName(parts.join('_').replace(EXTENSION, ''), fallback);
}

/** Any text as the stem of a file's name. */
export function fitName(text: string, fallback: string): string {
  const characters = Array.from(text.replace(ISOLATES, '').replace(NOT_ALLOWED, '-').replace(/^[.\s]+|[.\s]+$/g, '')).slice(-MOST_CHARACTERS);
  while (new TextEncoder().encode(characters.join('')).length > MOST_BYTES) characters.shift();
  const name = characters.join('').replace(/^[.\s]+/, '');
  return name === '' ? fallback : RESERVED.test(name) ? `${name}_` : name;
}

/** A moment as part of a file's name, which then sorts by time, in the device's own time zone: 2026-07-05-14-03-09. */
export function timeInName(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two);
  return [...day, ...time].join('-');
}

/** The same stems in their order, each made unique by " (2)", " (3)" …; case does not tell two apart, as on many file systems. */
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
