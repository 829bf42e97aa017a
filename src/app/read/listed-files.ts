import { nameIn, pathOf } from '../files/file-path';

/** A listed file. */
export interface Listed {
  /** Path with folders. */
  readonly path: string;
  readonly file: File;
}

interface SortedOut<T> {
  /** Listed entries that match. */
  readonly known: readonly T[];
  /** Files that are not listed yet. */
  readonly fresh: readonly File[];
}

/**
 * Finds files that are already listed, by name, size and date. Copies in different folders are different files; if only one of the two
 * has a folder, they are the same. Each listed entry matches one file at most.
 */
export function sortOutListed<T extends Listed>(listed: readonly T[], files: readonly File[]): SortedOut<T> {
  const byName = new Map<string, T[]>();
  for (const each of listed) byName.set(nameIn(each.path), [...(byName.get(nameIn(each.path)) ?? []), each]);
  const known: T[] = [];
  const fresh: File[] = [];
  for (const file of files) {
    // Queries size and date only if the name matches: for thousands of dropped files that would take a second.
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
