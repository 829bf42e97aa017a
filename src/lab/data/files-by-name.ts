import { isPicture } from './folder';
import { isOtherPart } from './persons';
import { partsOf, sameEnding, WrittenPath } from './written-path';

/** A chosen file. */
interface ChosenFile {
  readonly path: string;
  /** Segments of the path, Unicode-normalized. */
  readonly parts: readonly string[];
}

/** Files that share a key, and a cache of earlier look-ups among them: ten thousand rows may each search as many files. */
interface Alike {
  readonly files: ChosenFile[];
  known: Map<string, Nearest> | null;
}

/** `ambiguous`: several files match equally well; null: none matches. */
type Nearest = Pick<Claim, 'file' | 'difference'> | 'ambiguous' | null;

/** The file that a written path refers to, unless another claim contradicts it. */
interface Claim {
  readonly written: WrittenPath;
  readonly file: ChosenFile;
  /** Number of trailing segments that both paths share. */
  readonly common: number;
  /** Difference of the names: 0 for equal ones, up to `ALIGNED`. */
  readonly difference: number;
}

/** RAF-DB's list names `train_1.jpg`, but the file in its folder is `train_1_aligned.jpg`. */
const ALIGNED = 4;

/** Finds the chosen files by the names that tables use. Returns no file for an ambiguous name: the picture could get another picture's label. */
export class FilesByName {
  /** Indexed by every suffix of the path, as normalized by `keyOf`. */
  readonly #ends = new Map<string, Alike>();
  readonly #wholes = new Map<string, Alike>();
  /** Indexed by the path without its first folder. */
  readonly #inner = new Map<string, Alike>();
  readonly #found = new Map<string, string>();

  constructor(paths: readonly string[]) {
    for (const path of paths) {
      const file = { path, parts: partsOf(path.normalize('NFC')) };
      const [whole = '', ...ends] = endsOf(file.parts);
      put(this.#wholes, whole, file);
      if (ends[0] !== undefined) put(this.#inner, ends[0], file);
      for (const end of [whole, ...ends]) put(this.#ends, end, file);
    }
  }

  /** True if the name may refer to one of the files. */
  mayHave(name: string): boolean {
    return this.#claimOf(new WrittenPath(name)) !== null;
  }

  /** Registers the picture names of all tables: which file a path refers to depends on the other names. */
  tell(names: Iterable<string>): void {
    const claims = new Map<string, Claim>();
    const folders = new Map<string, string>();
    let repeats = false;
    for (const name of names) {
      const written = new WrittenPath(name);
      if (claims.has(written.whole)) continue;
      const [last, folder] = [keyOf(written.parts.slice(-1)), written.headOf(1)];
      const before = folders.get(last) ?? folder;
      repeats ||= before !== folder && before !== '' && folder !== '';
      folders.set(last, before || folder);
      const claim = this.#claimOf(written);
      if (claim) claims.set(written.whole, claim);
    }
    for (const [whole, { file }] of uncontradicted(claims, repeats)) this.#found.set(whole, file.path);
  }

  /**
   * Returns the file for a name registered before, by the first rule that matches: its path ends in the whole name; the name ends in its whole path,
   * as in tables written in a parent folder; or, for tables written elsewhere, the name ends in its path without the first folder, which may have
   * been renamed. Another letter case, extension or no extension matches only if no file matches exactly.
   *
   * @returns null if no file matches, or more than one may.
   */
  find(name: string): string | null {
    return this.#found.get(new WrittenPath(name).whole) ?? null;
  }

  #claimOf(written: WrittenPath): Claim | null {
    const { parts, isElsewhere } = written;
    if (parts.length === 0) return null;
    const [whole = '', ...ends] = endsOf(parts);
    const candidates = [{ files: this.#ends, keys: [whole] }, { files: this.#wholes, keys: ends }, ...(isElsewhere ? [{ files: this.#inner, keys: ends }] : [])];
    for (const { files, keys } of candidates) {
      for (const [i, key] of keys.entries()) {
        const common = parts.length - (keys === ends ? i + 1 : 0);
        const found = nearest(files.get(key), parts.slice(-common).join('/'), common);
        if (found) return found === 'ambiguous' ? null : { written, common, ...found };
      }
    }
    return null;
  }
}

function put(all: Map<string, Alike>, key: string, file: ChosenFile): void {
  const alike = all.get(key);
  if (alike) alike.files.push(file);
  else all.set(key, { files: [file], known: null });
}

/** Normalized name of a picture: lower case, without extension and `_aligned`. */
function keyOf(parts: readonly string[]): string {
  return stemOf(parts.join('/').toLowerCase()).replace(/_aligned$/, '');
}

/** Keys of the whole path and of each of its suffixes, longest first. */
function endsOf(parts: readonly string[]): string[] {
  const key = keyOf(parts);
  const ends = [key];
  for (let at = key.indexOf('/'); at >= 0; at = key.indexOf('/', at + 1)) ends.push(key.slice(at + 1));
  return ends;
}

function stemOf(path: string): string {
  return isPicture(path) ? path.slice(0, path.lastIndexOf('.')) : path;
}

/** Returns the file whose last segments differ least from `wanted`. */
function nearest(alike: Alike | undefined, wanted: string, common: number): Nearest {
  if (!alike) return null;
  const before = alike.known?.get(wanted);
  if (before !== undefined) return before;
  let found: Nearest = null;
  let least = ALIGNED + 1;
  for (const file of alike.files) {
    const difference = differenceOf(file.parts.slice(-common).join('/'), wanted);
    if (difference < least) {
      found = { file, difference };
      least = difference;
    } else if (difference === least) found = 'ambiguous';
  }
  if (alike.files.length > 1) (alike.known ??= new Map()).set(wanted, found);
  return found;
}

function differenceOf(file: string, wanted: string): number {
  if (file === wanted) return 0;
  if (file.toLowerCase() === wanted.toLowerCase()) return 1;
  const [stem, wantedStem] = [stemOf(file), stemOf(wanted)];
  if (stem === wantedStem) return 2;
  if (stem.toLowerCase() === wantedStem.toLowerCase()) return 3;
  return stem.toLowerCase() === `${wantedStem.toLowerCase()}_aligned` ? ALIGNED : Infinity;
}

/** Removes claims that others contradict; keyed by the whole written path. @param repeats true if files in several folders share a name. */
function uncontradicted(claims: ReadonlyMap<string, Claim>, repeats: boolean): Map<string, Claim> {
  const kept = new Map(claims);
  for (const [whole, claim] of claims) if (isOtherFolder(claim)) kept.delete(whole);
  // Folders of the table that would map to one folder here are distinct if their files share names, or if that folder would have been renamed.
  const roots = new Map<string, Set<string>>();
  const known = new Set<string>();
  for (const claim of kept.values()) {
    const { file, common, written } = claim;
    if (common === file.parts.length && common > 1) known.add(file.parts[0] ?? '');
    if (isCut(claim)) roots.set(headOf(claim), (roots.get(headOf(claim)) ?? new Set()).add(written.headOf(common)));
  }
  const contested = dropContested(kept);
  for (const [whole, claim] of kept) {
    const head = headOf(claim);
    const severalRoots = (roots.get(head)?.size ?? 0) > 1;
    if (isCut(claim) && (head === '' ? severalRoots && (contested || (repeats && claim.common === 1)) : severalRoots || known.has(head))) kept.delete(whole);
  }
  return kept;
}

/** Deletes claims to files that another claim fits equally well or better. @returns true if a tie involved a path longer than its match. */
function dropContested(claims: Map<string, Claim>): boolean {
  const byFile = new Map<ChosenFile, Claim[]>();
  for (const claim of claims.values()) {
    const rivals = byFile.get(claim.file);
    if (rivals) rivals.push(claim);
    else byFile.set(claim.file, [claim]);
  }
  let isTied = false;
  for (const rivals of byFile.values()) {
    const [best, ...others] = rivals.toSorted((a, b) => b.common - a.common || a.difference - b.difference || b.written.parts.length - a.written.parts.length);
    if (!best) continue;
    const against = others.find((claim) => !areOne(best, claim));
    const tied = against?.common === best.common && against.difference === best.difference ? against : null;
    for (const claim of rivals) if (!areOne(best, claim) || (tied && !areOne(tied, claim))) claims.delete(claim.written.whole);
    isTied ||= tied !== null && isCut(best);
  }
  return isTied;
}

/** True if both paths may refer to the same file. */
function areOne({ written: a }: Claim, { written: b }: Claim): boolean {
  const common = Math.min(a.parts.length, b.parts.length);
  return keyOf(a.parts.slice(-common)) === keyOf(b.parts.slice(-common)) && sameEnding(a, b);
}

/** True if the written path is longer than its match. */
function isCut({ written, common }: Claim): boolean {
  return written.parts.length > common;
}

/** First folder of the file if it was named differently there; otherwise ''. */
function headOf({ file, common }: Claim): string {
  return common < file.parts.length ? (file.parts[0] ?? '') : '';
}

/** True if the written path names another part of the set: a folder `train` was never called `test`. */
function isOtherFolder(claim: Claim): boolean {
  return isCut(claim) && headOf(claim) !== '' && isOtherPart(headOf(claim), claim.written.parts.at(-claim.common - 1) ?? '');
}
