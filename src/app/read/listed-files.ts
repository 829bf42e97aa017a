import { nameIn, pathOf } from '../files/file-path';

/** A file that is listed already. */
export interface Listed {
  /** With its folders. */
  readonly path: string;
  readonly file: File;
}

interface SortedOut<T> {
  /** Those that were meant again. */
  readonly known: readonly T[];
  /** Files that are not listed yet. */
  readonly fresh: readonly File[];
}

/**
 * Tells files that are listed already, by name, size and date. A copy in another folder is another file; where only one of the two
 * came with its folder, it is the same one. Nothing that is listed stands for two files.
 */
export function sortOutListed<T extends Listed>(listed: readonly T[], files: readonly File[]): SortedOut<T> {
  const byName = new Map<string, T[]>();
  for (const each of listed) byName.set(nameIn(each.path), [...(byName.get(nameIn(each.path)) ?? []), each]);
  const known: T[] = [];
  const fresh: File[] = [];
  for (const file of files) {
    // Only files of one name are asked for size and date: with those of thousands of dropped ones it would take a second.
    const others = byName.get(file.name)?.filter((each) => isSame(each, file)) ?? [];
    const one = others.find(({ path }) => path === pathOf(file)) ?? others[0];
    if (one) {
      known.push(one);
      byName.set(file.name, byName.get(file.name)?.filter((each) => each !== one) ?? []);
    } else fresh.push(file);
  }
  return { known, fresh };
}

function isSame({ path, file }: Listed, other: File): boolean {
  const [a, b] = [path, pathOf(other)];
  const isSamePlace = a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
  return isSamePlace && file.size === other.size && file.lastModified === other.lastModified;
}
