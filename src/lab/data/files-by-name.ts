import { isPicture } from './folder';
import { isOtherPart } from './persons';
import { partsOf, sameEnding, WrittenPath } from './written-path';

/** A chosen file. */
interface ChosenFile {
  readonly path: string;
  /** Of the path, whose characters may be written in one way or another. */
  readonly parts: readonly string[];
}

/** Files of one key, and what was found among several before: ten thousand rows may each ask for one of as many. */
interface Alike {
  readonly files: ChosenFile[];
  known: Map<string, Nearest> | null;
}

/** `ambiguous`: more than one is called so; null: none. */
type Nearest = Pick<Claim, 'file' | 'difference'> | 'ambiguous' | null;

/** What a written path may mean, as long as no other one contradicts it. */
interface Claim {
  readonly written: WrittenPath;
  readonly file: ChosenFile;
  /** Last parts that both have. */
  readonly common: number;
  /** How far the file's own name differs: 0 not at all, up to `ALIGNED`. */
  readonly difference: number;
}

/** RAF-DB's list calls `train_1.jpg` what lies in its folder as `train_1_aligned.jpg`. */
const ALIGNED = 4;

/**
 * The chosen files, to be found by what tables call them. A file that may be another one of the same name is not found: its picture would get
 * the other's label.
 */
export class FilesByName {
  /** By every end of their paths, as `keyOf` compares them. */
  readonly #ends = new Map<string, Alike>();
  readonly #wholes = new Map<string, Alike>();
  /** Without the first folder. */
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

  /** Whether a name may be one of the files. */
  mayHave(name: string): boolean {
    return this.#claimOf(new WrittenPath(name)) !== null;
  }

  /** Takes in what all tables call their pictures: which file a path means depends on what else they name. */
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
   * The file that a name told before means: that ends in the whole path; or else that is all of the path's end, as tables are written in a folder
   * further up; or, where the table was written elsewhere, that is but for its first folder, which may have had another name there. In other case only
   * if none has the same, of a picture with another ending or none only if none has it whole. null if there is none, or may be another.
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

/** What names of one picture have in common: no case, no ending. */
function keyOf(parts: readonly string[]): string {
  return stemOf(parts.join('/').toLowerCase()).replace(/_aligned$/, '');
}

/** Keys of a whole path, and of it without the first folders, one more each. */
function endsOf(parts: readonly string[]): string[] {
  const key = keyOf(parts);
  const ends = [key];
  for (let at = key.indexOf('/'); at >= 0; at = key.indexOf('/', at + 1)) ends.push(key.slice(at + 1));
  return ends;
}

function stemOf(path: string): string {
  return isPicture(path) ? path.slice(0, path.lastIndexOf('.')) : path;
}

/** The file that is called most like it in its last parts. */
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

/** Claims that no other one speaks against, by the whole written path. @param repeats whether several folders have files of one name. */
function uncontradicted(claims: ReadonlyMap<string, Claim>, repeats: boolean): Map<string, Claim> {
  const kept = new Map(claims);
  for (const [whole, claim] of claims) if (isOtherFolder(claim)) kept.delete(whole);
  // Folders of the writer that would be one and the same here: they are others, where their files have the same names or the folder had another name.
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

/** Takes out those that mean a file which another one means as well, or better. @returns whether files further up were left that may be either. */
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

/** Whether the paths may be those of one file. */
function areOne({ written: a }: Claim, { written: b }: Claim): boolean {
  const common = Math.min(a.parts.length, b.parts.length);
  return keyOf(a.parts.slice(-common)) === keyOf(b.parts.slice(-common)) && sameEnding(a, b);
}

/** Whether more is written than the file's path has. */
function isCut({ written, common }: Claim): boolean {
  return written.parts.length > common;
}

/** The file's first folder, where it had another name; '' where it had not. */
function headOf({ file, common }: Claim): string {
  return common < file.parts.length ? (file.parts[0] ?? '') : '';
}

/** Whether it is said to lie in another part of the set: a folder `train` was never called `test`. */
function isOtherFolder(claim: Claim): boolean {
  return isCut(claim) && headOf(claim) !== '' && isOtherPart(headOf(claim), claim.written.parts.at(-claim.common - 1) ?? '');
}
