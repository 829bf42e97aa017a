import { MienError } from '../../engine/errors';
import { FACE_SIDE, LUMINANCE_BYTES } from '../faces';
import { textOf } from './csv';
import { folderItems } from './folder';
import type { DataItem, Item, LeftOutItem } from './items';
import { tableItems } from './table';

export interface DataFile {
  readonly path: string;
  readonly content: Blob;
}

/** What a data set says of one picture. */
export interface ReadItem extends Pick<DataItem, 'name' | 'label' | 'person' | 'columns'> {
  /** Of the picture file in which a face is to be found; null: its face is among `luminance`. */
  readonly path: string | null;
}

/** A data set as its files say it. Either all items have a path or none has: a table holds pixels or names files. */
export interface ReadData {
  readonly items: readonly ReadItem[];
  /** Faces of the items without a path, in their order, [n, 48, 48]. */
  readonly luminance: Uint8Array<ArrayBuffer>;
  readonly leftOut: readonly LeftOutItem[];
}

/** Faces that fit in memory, twenty times what a class needs. */
export const MOST_ITEMS = 100_000;
/** Rows between two words of how it goes. */
const TOLD_EVERY = 500;

/**
 * Reads a folder of pictures, or a table of them.
 *
 * @param onProgress is told how many items there are so far.
 * @returns no items where none of what was named is a picture: `leftOut` says why.
 * @throws MienError `data-set/no-pictures` where nothing is named, `data-set/not-a-table`, `data-set/too-large`.
 */
export async function readData(files: readonly DataFile[], onProgress: (items: number) => void): Promise<ReadData> {
  const tables = tablesAmong(files);
  const pictures = files.filter((file) => !tables.includes(file));
  const paths = pictures.map(({ path }) => path);
  const sheets = new SheetReader(pictures);
  const items: ReadItem[] = [];
  const leftOut: LeftOutItem[] = [];
  const pixels: Uint8Array[] = [];
  /** By an earlier table. */
  const named = new Set<string>();
  let refused: MienError | null = null;
  for (const table of tables) {
    // Others are copies or parts of a table that holds all its pictures.
    if (pixels.length > 0) break;
    for (const { path } of items) if (path !== null) named.add(path);
    try {
      await readFrom(tableItems(textOf(table.content), { files: paths }));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refused = new MienError('data-set', 'not-a-table', `${table.path}: ${error.message}`, error);
      // Where it named pictures so far, it is damaged; else it is about something else.
      if (items.length > 0) throw refused;
    }
  }
  // No table names a picture of the folder.
  if (items.length === 0) await readFrom(folderItems(paths));
  if (items.length === 0 && (refused || leftOut.length === 0)) throw refused ?? new MienError('data-set', 'no-pictures', paths.slice(0, 3).join(', '));
  const luminance = new Uint8Array(pixels.length * LUMINANCE_BYTES);
  pixels.forEach((face, i) => luminance.set(face, i * LUMINANCE_BYTES));
  return { items, luminance, leftOut };

  async function readFrom(source: AsyncIterable<Item> | Iterable<Item>): Promise<void> {
    for await (const item of source) {
      if (item.status === 'left-out') leftOut.push(item);
      else await take(item);
      const seen = items.length + leftOut.length;
      if (seen % TOLD_EVERY === 0) onProgress(seen);
      if (seen > MOST_ITEMS) throw new MienError('data-set', 'too-large', `more than ${MOST_ITEMS}`);
    }
  }

  async function take({ name, label, person, columns, picture }: Extract<Item, { status: 'read' }>): Promise<void> {
    if (picture.kind === 'file') {
      if (!named.has(picture.path)) items.push({ name, label, person, columns, path: picture.path });
      return;
    }
    // Of either kind alone.
    if (items.length > pixels.length) {
      leftOut.push({ name, reason: 'no-picture' });
      return;
    }
    const face = picture.kind === 'pixels' ? picture.luminance : await sheets.cell(picture);
    if (!face) {
      leftOut.push({ name, reason: 'no-picture' });
      return;
    }
    items.push({ name: picture.kind === 'cell' ? `${picture.sheet} ${picture.row},${picture.column}` : name, label, person, columns, path: null });
    pixels.push(face);
  }
}

/** The tables among the files, such as those of a training and a test part; `labels.csv` alone where there is one. */
function tablesAmong(files: readonly DataFile[]): readonly DataFile[] {
  const tables = files.filter(({ path }) => /\.(csv|tsv)$/i.test(path));
  const own = tables.find(({ path }) => /(^|\/)labels\.csv$/i.test(path));
  return own ? [own] : tables;
}

type Cell = Extract<DataItem['picture'], { kind: 'cell' }>;

/** Faces out of sheets of them; one sheet is in memory at a time. */
class SheetReader {
  readonly #files: ReadonlyMap<string, Blob>;
  #open: { readonly path: string; readonly image: ImageData | null } | null = null;

  constructor(files: readonly DataFile[]) {
    this.#files = new Map(files.map(({ path, content }) => [path, content]));
  }

  /** Luminance of a cell; null where the sheet cannot be read or has no such cell. */
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
