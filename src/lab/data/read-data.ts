import { MienError } from '../../engine/errors';
import { expressionOf } from '../../network/label-names';
import { FACE_SIDE, LUMINANCE_BYTES } from '../faces';
import { csvRows } from './csv';
import { FilesByName } from './files-by-name';
import { folderItems, isPicture } from './folder';
import type { DataItem, Item, LeftOutItem } from './items';
import { isOrderedNumber } from './label-mapping';
import { differenceHash } from './near-duplicates';
import { namesIn, tableItems } from './table';
import { textOf } from './text';

export interface DataFile {
  readonly path: string;
  readonly content: Blob;
}

/** Data set entry for one picture. */
export interface ReadItem extends Pick<DataItem, 'name' | 'label' | 'person' | 'columns'> {
  /** Path of the picture file in which to find a face; null if its face is in `luminance`. */
  readonly path: string | null;
}

/** A data set as read from its files. Either all items have a path or none has: a table contains pixels or names files. */
export interface ReadData {
  readonly items: readonly ReadItem[];
  /** Faces of the items without a path, in order, [n, 48, 48]. */
  readonly luminance: Uint8Array<ArrayBuffer>;
  readonly leftOut: readonly LeftOutItem[];
}

/** Most faces, limited by memory; twenty times what a class needs. */
export const MOST_ITEMS = 100_000;
/** Rows between progress reports. */
const TOLD_EVERY = 500;
const NATURAL = new Intl.Collator('en', { numeric: true });

/** Contents of one table or folder. */
interface Part {
  readonly path: string;
  namesPictures: boolean;
  readonly leftOut: LeftOutItem[];
}

/**
 * Reads a folder of pictures, or the tables that name pictures or contain faces. Sorts tables by path, so that the order in which files were chosen
 * does not matter.
 *
 * @param onProgress receives the number of items so far.
 * @returns no items if none of the named things is a picture: `leftOut` gives the reasons.
 * @throws MienError `data-set/no-pictures` if nothing is named, `data-set/not-a-table`, `data-set/too-large`.
 */
export async function readData(files: readonly DataFile[], onProgress: (items: number) => void): Promise<ReadData> {
  const tables = await tablesAmong(files);
  const pictures = files.filter((file) => !tables.includes(file));
  const paths = pictures.map(({ path }) => path);
  const byName = new FilesByName(paths);
  byName.tell(await namesInAll(tables, byName));
  const sheets = new SheetReader(pictures);
  const taken = new TakenPictures();
  const named = new Set<string>();
  const parts: Part[] = [];
  const read: Part[] = [];
  let refused: MienError | null = null;
  let [rows, leftOutRows] = [0, 0];
  for (const { path, content } of tables) {
    const part = newPart(path);
    if (!isLabels(path) && read.some((table) => isLabels(table.path))) {
      part.leftOut.push({ name: path, reason: 'beside-labels' });
      continue;
    }
    taken.beginTable();
    try {
      await readFrom(tableItems(textOf(content), { files: byName, table: tables.length > 1 ? path : null }), part);
      read.push(part);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refused = new MienError('data-set', 'not-a-table', `${path}: ${error.message}`, error);
      // A table that named pictures before the error is damaged; any other is unrelated.
      if (part.namesPictures) throw refused;
      part.leftOut.splice(0, Infinity, { name: path, reason: 'not-a-table' });
    }
  }
  if (read.length === 0) {
    await readFrom(folderItems(paths), newPart(''));
    if (taken.count === 0 && refused) throw refused;
  } else {
    const { leftOut } = newPart('');
    for (const path of paths) if (isPicture(path) && !named.has(path)) leftOut.push({ name: path, reason: 'not-in-table' });
  }
  if (read.length > 0) taken.labelByFolders();
  const leftOut = parts.flatMap((part) => (taken.count > 0 && isOfMissingFiles(part) ? { name: part.path, reason: 'no-files' as const } : part.leftOut));
  if (taken.count + leftOut.length === 0) throw new MienError('data-set', 'no-pictures', paths.slice(0, 3).join(', '));
  return { items: taken.items(), luminance: taken.luminance(), leftOut };

  function newPart(path: string): Part {
    const part: Part = { path, namesPictures: false, leftOut: [] };
    parts.push(part);
    return part;
  }

  async function readFrom(source: AsyncIterable<Item> | Iterable<Item>, part: Part): Promise<void> {
    for await (const item of source) {
      const reason = item.status === 'left-out' ? item.reason : await take(item);
      if (item.status === 'read') part.namesPictures = true;
      if (reason !== null) {
        leftOutRows++;
        part.leftOut.push({ name: reason === 'other-kind' ? part.path : item.name, reason });
      }
      if (reason === 'other-kind') return;
      if (++rows % TOLD_EVERY === 0) onProgress(taken.count + leftOutRows);
      if (taken.count + leftOutRows > MOST_ITEMS) throw new MienError('data-set', 'too-large', `more than ${MOST_ITEMS}`);
    }
  }

  async function take({ name, label, person, columns, picture }: Extract<Item, { status: 'read' }>): Promise<LeftOutItem['reason'] | null> {
    const { kind } = picture;
    if (taken.count > 0 && taken.haveFaces !== (kind !== 'file')) return 'other-kind';
    if (kind === 'file') {
      named.add(picture.path);
      return taken.add({ name, label, person, columns, path: picture.path }, null);
    }
    if (kind === 'cell') named.add(picture.sheet);
    const face = kind === 'pixels' ? picture.luminance : await sheets.cell(picture);
    if (!face) return 'no-picture';
    return taken.add({ name: kind === 'cell' ? `${picture.sheet} ${picture.row},${picture.column}` : name, label, person, columns, path: null }, face);
  }
}

/**
 * Tables among the files, e.g. of a training and a test split, sorted by path, `labels.csv` first. Without any, lists of pictures and labels such as
 * RAF-DB's.
 */
async function tablesAmong(files: readonly DataFile[]): Promise<readonly DataFile[]> {
  const tables = files.filter(({ path }) => /\.(csv|tsv)$/i.test(path));
  if (tables.length === 0) for (const file of files) if (/\.txt$/i.test(file.path) && (await isList(file.content))) tables.push(file);
  return tables.sort((a, b) => Number(isLabels(b.path)) - Number(isLabels(a.path)) || NATURAL.compare(a.path, b.path));
}

/** True if the first lines each name a picture and an expression; other text files credit pictures or describe their source. */
async function isList(content: Blob): Promise<boolean> {
  const rows = csvRows(onePiece(await content.slice(0, LIST_BYTES).text()));
  let count = 0;
  for await (const { fields: [picture = '', label = ''] } of rows) {
    if (!isPicture(picture.trim()) || !(expressionOf(label) !== null || isOrderedNumber(label.trim()))) return false;
    if (++count === 2) break;
  }
  return count > 0;
}

const LIST_BYTES = 2000;

async function* onePiece(text: string): AsyncGenerator<string, void> {
  yield await Promise.resolve(text);
}

/** Picture names in all tables that count. Skips unreadable tables, which report their error when their rows are read. */
async function namesInAll(tables: readonly DataFile[], files: FilesByName): Promise<readonly string[]> {
  const names: string[] = [];
  let hasLabels = false;
  for (const { path, content } of tables) {
    if (!isLabels(path) && hasLabels) break;
    try {
      for await (const name of namesIn(textOf(content), files)) if (names.push(name) > MOST_ITEMS) return names;
      hasLabels ||= isLabels(path);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return names;
}

function isLabels(path: string): boolean {
  return /(^|\/)labels\.csv$/i.test(path);
}

/** FER+ is such a table for FER2013's pixels: its 35,887 lines become one reason. */
function isOfMissingFiles({ namesPictures, leftOut }: Part): boolean {
  return !namesPictures && leftOut.length > 0 && leftOut.every(({ reason }) => reason === 'no-file');
}

interface Taken {
  item: ReadItem;
  readonly face: Uint8Array | null;
}

/** Pictures of all tables without repetitions: a table may be a copy or a subset of another. */
class TakenPictures {
  readonly #all: Taken[] = [];
  /** Pictures of earlier tables, by path or by a hash of the face. Duplicates within one table are kept, as FER2013 has them. */
  readonly #earlier = new Map<string, Taken[]>();
  #known = 0;

  get count(): number {
    return this.#all.length;
  }

  /** True if pictures are pixels rather than named files. */
  get haveFaces(): boolean {
    return Boolean(this.#all[0]?.face);
  }

  /** Marks the start of the next table. */
  beginTable(): void {
    for (const picture of this.#all.slice(this.#known)) {
      const key = keyOf(picture);
      const same = this.#earlier.get(key);
      if (same) same.push(picture);
      else this.#earlier.set(key, [picture]);
    }
    this.#known = this.#all.length;
  }

  /** @returns the reason if the picture is excluded. */
  add(item: ReadItem, face: Uint8Array | null): 'other-label' | null {
    const alike = this.#known === 0 ? [] : (this.#earlier.get(keyOf({ item, face })) ?? []);
    const earlier = alike.filter((picture) => !face || face.every((value, i) => value === picture.face?.[i]));
    if (earlier.length === 0) {
      this.#all.push({ item, face });
      return null;
    }
    const agreeing = earlier.filter(({ item: { label } }) => label === item.label || label === '' || item.label === '');
    // One table may have the labels, and another the persons.
    for (const picture of agreeing) {
      const { item: before } = picture;
      picture.item = { ...before, label: before.label || item.label, person: before.person ?? item.person, columns: { ...item.columns, ...before.columns } };
    }
    return agreeing.length > 0 ? null : 'other-label';
  }

  /** Uses folders as labels if no table has labels. */
  labelByFolders(): void {
    if (this.haveFaces || this.#all.some(({ item }) => item.label !== '')) return;
    const items = folderItems(this.#all.map(({ item }) => item.path ?? ''));
    items.forEach((folder, i) => {
      const taken = this.#all[i];
      if (taken && folder.status === 'read') taken.item = { ...taken.item, label: folder.label, person: taken.item.person ?? folder.person };
    });
  }

  items(): ReadItem[] {
    return this.#all.map(({ item }) => item);
  }

  luminance(): Uint8Array<ArrayBuffer> {
    const luminance = new Uint8Array(this.haveFaces ? this.count * LUMINANCE_BYTES : 0);
    this.#all.forEach(({ face }, i) => {
      if (face) luminance.set(face, i * LUMINANCE_BYTES);
    });
    return luminance;
  }
}

function keyOf({ item, face }: Taken): string {
  return item.path ?? (face ? differenceHash(face, FACE_SIDE).join() : '');
}

type Cell = Extract<DataItem['picture'], { kind: 'cell' }>;

/** Extracts faces from sheets; keeps one sheet in memory at a time. */
class SheetReader {
  readonly #files: ReadonlyMap<string, Blob>;
  #open: { readonly path: string; readonly image: ImageData | null } | null = null;

  constructor(files: readonly DataFile[]) {
    this.#files = new Map(files.map(({ path, content }) => [path, content]));
  }

  /** Luminance of a cell; null if the sheet is unreadable or has no such cell. */
  async cell({ sheet, row, column }: Cell): Promise<Uint8Array | null> {
    if (this.#open?.path !== sheet) this.#open = { path: sheet, image: await this.#decode(sheet) };
    const { image } = this.#open;
    const [left, top] = [column * FACE_SIDE, row * FACE_SIDE];
    if (!image || left + FACE_SIDE > image.width || top + FACE_SIDE > image.height) return null;
    return Uint8Array.from({ length: LUMINANCE_BYTES }, (_, i) => {
      const at = 4 * ((top + Math.floor(i / FACE_SIDE)) * image.width + left + (i % FACE_SIDE));
      return Math.round(0.299 * (image.data[at] ?? 0) + 0.587 * (image.data[at + 1] ?? 0) + 0.114 * (image.data[at + 2] ?? 0));
    });
  }

  async #decode(path: string): Promise<ImageData | null> {
    const content = this.#files.get(path);
    if (!content) return null;
    try {
      const bitmap = await createImageBitmap(content);
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      context?.drawImage(bitmap, 0, 0);
      bitmap.close();
      return context?.getImageData(0, 0, width, height) ?? null;
    } catch {
      return null;
    }
  }
}
