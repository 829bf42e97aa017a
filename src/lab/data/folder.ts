import { expressionOf } from '../../network/label-names';
import { isOrderedNumber } from './label-mapping';
import type { Item } from './items';

/** Includes formats that no browser opens, so that these files are listed with a reason. */
const PICTURE = /\.(a?png|jpe?g|jpe|jfif|webp|gif|bmp|ico|avif|hei[cf]|jxl|jp2|svg|tiff?|p[gpn]m|psd|dng)$/i;

/** Judges by the extension. */
export function isPicture(path: string): boolean {
  return PICTURE.test(path);
}

/**
 * Items for the pictures of a folder. The label is the folder at the level where folders name expressions (`train/happy/S001/3.png`,
 * `S001/happy/3.png`), else at the level where all are numbers that data sets use, else the folder that contains the picture. Folders below it name
 * the person.
 */
export function folderItems(paths: readonly string[]): Item[] {
  const levels = new LabelLevels(paths.filter(isPicture).map(foldersOf));
  return paths.map((path): Item => {
    if (!isPicture(path)) return { status: 'left-out', name: path, reason: 'no-picture' };
    const folders = foldersOf(path);
    const at = levels.labelAt(folders);
    return {
      status: 'read',
      name: path,
      label: folders[at] ?? '',
      person: folders.slice(at + 1).join('/') || null,
      columns: {},
      picture: { kind: 'file', path },
    };
  });
}

function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1);
}

class LabelLevels {
  /** Cache: most pictures are in a few folders. */
  readonly #named = new Map<string, boolean>();
  /** Level at which most folders name expressions (people may be called Joy or Su); else the lowest level of numbers only; null if there is none. */
  readonly #level: number | null;
  /** True for each level at which most folders name expressions. */
  readonly #others: readonly boolean[];

  constructor(all: readonly (readonly string[])[]) {
    const depth = all.reduce((most, { length }) => Math.max(most, length), 0);
    const levels = Array.from({ length: depth }, (_, level) => all.flatMap((folders) => folders[level] ?? []));
    const counts = levels.map((names) => names.filter((name) => this.#isNamed(name)).length);
    // A single top folder may be named after the whole set (`Smile/happy`, `Smile/sad`).
    const parting = counts.map((count, level) => (new Set(levels[level]).size > 1 ? count : 0));
    const telling = parting.some((count, level) => count > 0 && (counts[0] === all.length || 2 * count > (levels[level]?.length ?? 0))) ? parting : counts;
    const most = telling.reduce((a, b) => Math.max(a, b), 0);
    const at = most > 0 ? telling.lastIndexOf(most) : levels.findLastIndex((_, level) => all.every((folders) => isOrderedNumber(folders[level] ?? '')));
    this.#level = at < 0 ? null : at;
    this.#others = telling.map((count, level) => 2 * count > (levels[level]?.length ?? 0));
  }

  /** Index of the folder that labels a picture; −1 if there is none. */
  labelAt(folders: readonly string[]): number {
    if (this.#level !== null && this.#isNamed(folders[this.#level])) return this.#level;
    // A custom class (`Normal/contempt`) does not take the label of its parent folder; a picture higher up may be labelled there.
    const isHigher = folders.length <= (this.#level ?? 0);
    const named = folders.findLastIndex((folder, level) => this.#others[level] === true && (isHigher || level > (this.#level ?? -1)) && this.#isNamed(folder));
    return named >= 0 ? named : Math.min(this.#level ?? Infinity, folders.length - 1);
  }

  #isNamed(folder: string | undefined): boolean {
    if (folder === undefined) return false;
    const known = this.#named.get(folder) ?? expressionOf(folder) !== null;
    this.#named.set(folder, known);
    return known;
  }
}
