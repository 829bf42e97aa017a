import { csvRows, type CsvRow } from './csv';
import type { FilesByName } from './files-by-name';
import { headerOf } from './headerless';
import type { Item } from './items';
import { FER2013_SIDE, pixelsOf } from './pixels';

/** Column names, normalized by `plain`. */
const FILE_COLUMNS = 'file filename file_name image image_file image_path image_name imagename img img_name img_path path filepath file_path name picture photo subdirectory_filepath pth datei dateiname dateipfad bild bilddatei foto fichier nom_de_fichier nom_du_fichier imagen archivo nombre_de_archivo nombre_del_archivo ファイル ファイル名 画像 画像名 写真 パス ملف الملف اسم_الملف صورة الصورة اسم_الصورة مسار'.split(' ').map(plain);
const LABEL_COLUMNS = 'label labels emotion emotions expression expressions class class_name category target fer2013 emotion_label emotion_name label_name ausdruck gefuhl kategorie etiquette emocion expresion etiqueta 表情 感情 ラベル تعبير'.split(' ').map(plain);
const PERSON_COLUMNS = 'person person_id subject subject_id participant participant_id identity who id proband teilnehmer versuchsperson personne sujet participante persona sujeto 人物 被験者 参加者 人 شخص الشخص مشارك المشارك'.split(' ').map(plain);
/** Number of rows inspected to infer a header. */
const LOOKED_AT = 50;

/** Columns for label and person; null if there is none. */
export interface TableColumns {
  readonly label: string | null;
  readonly person: string | null;
}

export interface TableOptions extends Partial<TableColumns> {
  /** The pictures chosen with the table, with the names of all tables registered; a row may name a picture by its path suffix. */
  readonly files: FilesByName;
  /** Path of the table if several are read, to prefix row names. */
  readonly table?: string | null;
}

/**
 * Yields a table's picture names; nothing if the table contains the pictures itself.
 *
 * @throws RangeError like `tableItems`.
 */
export async function* namesIn(text: AsyncIterable<string>, files: FilesByName): AsyncGenerator<string, void> {
  const { header, rows } = await opened(text, files);
  const names = header.map(nameOf).map(plain);
  if (!namesPictures(names)) throw noPictures(names);
  if (names.includes('pixels')) return;
  const at = sheetColumns(names)?.sheet ?? columnOf(names, null, FILE_COLUMNS);
  for await (const { fields } of rows) if (fields.length >= header.length) yield fields[at] ?? '';
}

/**
 * Yields the pictures of a table: a CSV of file names and labels, FER2013's own `fer2013.csv` with pixels, or the `labels.csv` of a set of sheets
 * (`sheet,row,col`). Recognized by its header, or by its first rows if those name pictures; streamed.
 *
 * @throws RangeError if neither names pictures.
 */
export async function* tableItems(text: AsyncIterable<string>, options: TableOptions): AsyncGenerator<Item, void> {
  const { header, rows } = await opened(text, options.files);
  const names = header.map(nameOf);
  const pictureOf = pictureReader(names.map(plain), options.files);
  const at = {
    label: columnOf(names, options.label ?? null, LABEL_COLUMNS),
    person: columnOf(names, options.person ?? null, PERSON_COLUMNS),
  };
  for await (const { fields: row, line } of rows) {
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

/** Returns a table's columns and the rows below its header. */
async function opened(text: AsyncIterable<string>, files: FilesByName): Promise<{ header: readonly string[]; rows: AsyncIterable<CsvRow> }> {
  const rows = csvRows(text);
  const first = await rows.next();
  if (first.done || namesPictures(first.value.fields.map(nameOf).map(plain))) return { header: first.done ? [] : first.value.fields, rows };
  const { seen, all } = await lookAhead(first.value, rows);
  const header = headerOf(seen.map(({ fields }) => fields), files);
  return header ? { header, rows: all } : { header: first.value.fields, rows };
}

/** Returns the first rows, and an iterable that replays them before the rest. */
async function lookAhead(first: CsvRow, others: AsyncGenerator<CsvRow, void>): Promise<{ seen: readonly CsvRow[]; all: AsyncIterable<CsvRow> }> {
  const seen = [first];
  let damage: RangeError | null = null;
  try {
    for (let next = await others.next(); !next.done; next = await others.next()) if (seen.push(next.value) === LOOKED_AT) break;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    damage = error;
  }
  return { seen, all: again() };

  async function* again(): AsyncGenerator<CsvRow, void> {
    yield* seen;
    if (damage) throw damage;
    yield* others;
  }
}

function columnOf(names: readonly string[], chosen: string | null, usual: readonly string[]): number {
  if (chosen !== null) return names.indexOf(chosen.toLowerCase());
  return names.findIndex((name) => usual.includes(plain(name)));
}

/** Normalizes `Image Name`, `image-name` and `image_name` to one form. */
function plain(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[\s-]+/g, '_');
}

/** @param names normalized column names. */
function sheetColumns(names: readonly string[]) {
  const [sheet, row, column] = [names.indexOf('sheet'), names.indexOf('row'), names.findIndex((name) => ['col', 'column'].includes(name))];
  return sheet >= 0 && row >= 0 && column >= 0 ? { sheet, row, column } : null;
}

function namesPictures(names: readonly string[]): boolean {
  return names.includes('pixels') || sheetColumns(names) !== null || columnOf(names, null, FILE_COLUMNS) >= 0;
}

function noPictures(names: readonly string[]): RangeError {
  return new RangeError(`no column names pictures: ${names.slice(0, 8).join(', ')}`);
}

function pictureReader(names: readonly string[], files: FilesByName): PictureReader {
  const pixels = names.indexOf('pixels');
  if (pixels >= 0) {
    return (row) => {
      const luminance = pixelsOf(row[pixels] ?? '');
      return luminance ? { kind: 'pixels', side: FER2013_SIDE, luminance } : 'bad-pixels';
    };
  }
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
  if (file < 0) throw noPictures(names);
  return (row) => {
    const path = files.find(row[file] ?? '');
    return path === null ? 'no-file' : { kind: 'file', path };
  };
}
