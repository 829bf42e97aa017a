import { expressionOf } from '../../network/label-names';
import { csvRows } from './csv';
import { FilesByName } from './files-by-name';
import { isPicture } from './folder';
import type { Item } from './items';
import { isOrderedNumber } from './label-mapping';

/** Names of columns, to be compared as `plain` makes them. */
const FILE_COLUMNS = 'file filename file_name image image_file image_path image_name imagename img img_name img_path path filepath file_path name picture photo subdirectory_filepath pth datei dateiname dateipfad bild bilddatei foto fichier nom_de_fichier nom_du_fichier imagen archivo nombre_de_archivo nombre_del_archivo ファイル ファイル名 画像 画像名 写真 パス ملف الملف اسم_الملف صورة الصورة اسم_الصورة مسار'.split(' ').map(plain);
const LABEL_COLUMNS = 'label labels emotion emotions expression expressions class class_name category target fer2013 emotion_label emotion_name label_name ausdruck gefuhl kategorie etiquette emocion expresion etiqueta 表情 感情 ラベル تعبير'.split(' ').map(plain);
const PERSON_COLUMNS = 'person person_id subject subject_id participant participant_id identity who id proband teilnehmer versuchsperson personne sujet participante persona sujeto 人物 被験者 参加者 人 شخص الشخص مشارك المشارك'.split(' ').map(plain);
/** Pixels on a side of the faces in fer2013.csv. */
const FER2013_SIDE = 48;

/** Which column says what; null if none does. */
export interface TableColumns {
  readonly label: string | null;
  readonly person: string | null;
}

export interface TableOptions extends Partial<TableColumns> {
  /** Paths of the pictures that were chosen with the table; a row may name one by its end. */
  readonly files: readonly string[];
  /** Its own path, where several are read: rows are named by it then. */
  readonly table?: string | null;
}

/**
 * The pictures that a table names: a CSV of file names and labels, FER2013's own `fer2013.csv` with its pixels, or the
 * `labels.csv` of a set of sheets (`sheet,row,col`). Known by its header, or by its first row where that names a picture; read as it comes.
 *
 * @throws RangeError where neither names pictures.
 */
export async function* tableItems(text: AsyncIterable<string>, options: TableOptions): AsyncGenerator<Item, void> {
  const rows = csvRows(text);
  const first = await rows.next();
  const written = first.done ? [] : first.value.fields;
  const files = new FilesByName(options.files);
  const isRow = !namesPictures(written.map(nameOf).map(plain)) && written.some((field) => isPixels(field) || isPicture(field.trim()) || files.find(field) !== null);
  const header = isRow ? headerOf(written, files) : written;
  const names = header.map(nameOf);
  const pictureOf = pictureReader(names.map(plain), files);
  const at = {
    label: columnOf(names, options.label ?? null, LABEL_COLUMNS),
    person: columnOf(names, options.person ?? null, PERSON_COLUMNS),
  };
  for await (const { fields: row, line } of isRow && !first.done ? withFirst(first.value, rows) : rows) {
    const name = options.table ? `${options.table} line ${line}` : `line ${line}`;
    if (row.length < header.length) {
      yield { status: 'left-out', name, reason: 'too-few-columns' };
      continue;
    }
    const picture = pictureOf(row);
    if (typeof picture === 'string') {
      yield { status: 'left-out', name, reason: picture };
      continue;
    }
    const columns: Record<string, string> = {};
    names.forEach((column, i) => {
      if (i !== at.label && column !== 'pixels') columns[column] = row[i] ?? '';
    });
    yield {
      status: 'read',
      name: picture.kind === 'file' ? picture.path : name,
      label: at.label < 0 ? '' : (row[at.label] ?? '').trim(),
      person: at.person < 0 ? null : (row[at.person] ?? '').trim() || null,
      columns,
      picture,
    };
  }
}

type Picture = Extract<Item, { status: 'read' }>['picture'];
type PictureReader = (row: readonly string[]) => Picture | 'bad-pixels' | 'no-file' | 'no-picture';

function nameOf(field: string): string {
  return field.trim().toLowerCase();
}

async function* withFirst<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T, void> {
  yield first;
  yield* others;
}

/** The header that a table without one would have: a picture, the column that most looks like a label, and others by their numbers. */
function headerOf(row: readonly string[], files: FilesByName): string[] {
  const picture = Math.max(row.findIndex(isPixels), row.findIndex((field) => files.find(field) !== null), row.findIndex((field) => isPicture(field.trim())));
  const others = row.flatMap((_, i) => (i === picture ? [] : [i]));
  const label = others.find((i) => expressionOf(row[i] ?? '') !== null) ?? others.find((i) => isOrderedNumber((row[i] ?? '').trim())) ?? others[0];
  return row.map((field, i) => (i === picture ? (isPixels(field) ? 'pixels' : 'file') : i === label ? 'label' : `column ${i + 1}`));
}

function isPixels(field: string): boolean {
  return typeof pixelsOf(field) !== 'string';
}

function columnOf(names: readonly string[], chosen: string | null, usual: readonly string[]): number {
  if (chosen !== null) return names.indexOf(chosen.toLowerCase());
  return names.findIndex((name) => usual.includes(plain(name)));
}

/** `Image Name`, `image-name` and `image_name` are one. */
function plain(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[\s-]+/g, '_');
}

/** @param names of columns, as they are compared. */
function sheetColumns(names: readonly string[]) {
  const [sheet, row, column] = [names.indexOf('sheet'), names.indexOf('row'), names.findIndex((name) => ['col', 'column'].includes(name))];
  return sheet >= 0 && row >= 0 && column >= 0 ? { sheet, row, column } : null;
}

function namesPictures(names: readonly string[]): boolean {
  return names.includes('pixels') || sheetColumns(names) !== null || columnOf(names, null, FILE_COLUMNS) >= 0;
}

function pictureReader(names: readonly string[], files: FilesByName): PictureReader {
  const pixels = names.indexOf('pixels');
  if (pixels >= 0) return (row) => pixelsOf(row[pixels] ?? '');
  const sheets = sheetColumns(names);
  if (sheets) {
    return (row) => {
      const cell = { row: Number(row[sheets.row]), column: Number(row[sheets.column]) };
      const path = files.find(row[sheets.sheet] ?? '');
      if (path === null) return 'no-file';
      return Number.isInteger(cell.row) && Number.isInteger(cell.column) && cell.row >= 0 && cell.column >= 0 ? { kind: 'cell', sheet: path, ...cell } : 'no-picture';
    };
  }
  const file = columnOf(names, null, FILE_COLUMNS);
  if (file < 0) throw new RangeError(`no column names pictures: ${names.slice(0, 8).join(', ')}`);
  return (row) => {
    const path = files.find(row[file] ?? '');
    return path === null ? 'no-file' : { kind: 'file', path };
  };
}

/** `"70 80 …"`, 2,304 numbers from 0 to 255. */
function pixelsOf(text: string): Picture | 'bad-pixels' {
  const numbers = text.trim().split(/\s+/).map(Number);
  const luminance = Uint8Array.from(numbers);
  const fits = numbers.length === FER2013_SIDE ** 2 && numbers.every((number, i) => number === luminance[i]);
  return fits ? { kind: 'pixels', side: FER2013_SIDE, luminance } : 'bad-pixels';
}
