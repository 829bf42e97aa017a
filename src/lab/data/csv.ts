/** Longest field, in characters; a longer one means that the file is no table. */
const LONGEST_FIELD = 1_000_000;

/** Longest first line, in characters; pixels come in later rows. */
const LONGEST_HEADER = 100_000;

/** A non-empty row. */
export interface CsvRow {
  readonly fields: string[];
  /** Line of the file on which the row begins, 1-based: fields may contain line breaks, and empty lines are skipped. */
  readonly line: number;
}

/**
 * Parses a CSV stream (RFC 4180): quoted fields may contain separators, quotes and line breaks; empty lines are skipped. The first line determines
 * the separator: commas, tabs, or the semicolons that spreadsheets write in locales with decimal commas.
 *
 * @throws RangeError if a field has no end: the file is not CSV.
 */
export async function* csvRows(text: AsyncIterable<string>): AsyncGenerator<CsvRow, void> {
  let row: string[] = [];
  let [line, nextLine] = [1, 1];
  let field = '';
  let state: 'plain' | 'quoted' | 'quote-in-quotes' = 'plain';
  let isSeparator = (_character: string | undefined) => false;
  let special = SPECIAL;
  const endField = () => {
    row.push(field);
    field = '';
    state = 'plain';
  };
  for await (const piece of headerFirst(text)) {
    if (typeof piece !== 'string') {
      isSeparator = (character) => character === piece.separator;
      line = nextLine = piece.line;
      special = new RegExp(`["\\r\\n${piece.separator}]`, 'g');
      continue;
    }
    for (let at = 0; at < piece.length; at++) {
      // Consumes whole runs of characters, since FER2013's fields are 8,000 characters long.
      const stretch = nextSpecial(piece, at, state === 'quoted', special);
      const text = piece.slice(at, stretch);
      field += text;
      if (state === 'quoted') nextLine += lineBreaks(text);
      if (field.length > LONGEST_FIELD) throw new RangeError(`a field of more than ${LONGEST_FIELD} characters`);
      at = stretch;
      const character = piece[at];
      if (state === 'quoted') state = character === '"' ? 'quote-in-quotes' : state;
      else if (character === '"') {
        if (state === 'quote-in-quotes' || field !== '') field += '"';
        if (state === 'quote-in-quotes' || field === '') state = 'quoted';
      } else if (isSeparator(character)) endField();
      else if (character === '\n') {
        endField();
        if (row.length > 1 || row[0] !== '') yield { fields: row, line };
        row = [];
        line = ++nextLine;
      }
    }
  }
  if (field === '' && row.length === 0) return;
  endField();
  yield { fields: row, line };
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

const SPECIAL = /["\r\n]/g;

/** Yields the separator and the header line, then the text, without a byte order mark, leading empty lines and the `sep=` line of spreadsheets. */
async function* headerFirst(text: AsyncIterable<string>): AsyncGenerator<string | Start, void> {
  let header: string | null = '';
  for await (const piece of text) {
    if (header === null) yield piece;
    else {
      header += piece;
      if (!/[^\uFEFF\r\n][\r\n]./s.test(header) && header.length < LONGEST_HEADER) continue;
      yield* begun(header);
      header = null;
    }
  }
  if (header) yield* begun(header);
}

interface Start {
  readonly separator: string;
  readonly line: number;
}

function* begun(header: string): Generator<string | Start, void> {
  const [start, named] = /^\uFEFF?[\r\n]*(?:sep=([,;\t])\r?\n)?/.exec(header) ?? [''];
  const rest = header.slice(start.length);
  yield { separator: named ?? separatorOf(rest), line: 1 + lineBreaks(start) };
  yield rest;
}

/** Returns the most frequent separator of the first line, outside quotes; a space if it has no other and looks like a list entry (`a.jpg 5`). */
function separatorOf(text: string): string {
  const line = text.replaceAll(/"[^"]*"/g, '').split(/[\r\n]/, 1)[0] ?? '';
  // Beside another separator, a comma between digits is a decimal point.
  const commas = /[;\t|]/.test(line) ? line.replaceAll(/(?<=\d),(?=\d)/g, '') : line;
  const counts = [',', ';', '\t', '|'].map((separator) => ({ separator, count: (separator === ',' ? commas : line).split(separator).length }));
  const { separator, count } = counts.reduce((most, each) => (each.count > most.count ? each : most));
  return count === 1 && LISTED.test(line) ? ' ' : separator;
}

/** A file name with its extension, followed by words without spaces. */
const LISTED = /^\S+\.[A-Za-z]{3,4}(?: +\S+)+ *$/;

/** Index of the next character that may end a run of text, or the end of the piece. */
function nextSpecial(piece: string, from: number, quoted: boolean, special: RegExp): number {
  if (quoted) {
    const quote = piece.indexOf('"', from);
    return quote < 0 ? piece.length : quote;
  }
  special.lastIndex = from;
  return special.exec(piece)?.index ?? piece.length;
}
