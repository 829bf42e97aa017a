/** Characters of one field; longer ones are no table. */
const LONGEST_FIELD = 1_000_000;

/**
 * Rows of a CSV file as it comes (RFC 4180): quoted fields may hold commas, quotes and line breaks; empty lines are left out.
 *
 * @throws RangeError where a field has no end: the file is no CSV.
 */
export async function* csvRows(text: AsyncIterable<string>): AsyncGenerator<string[], void> {
  let row: string[] = [];
  let field = '';
  let state: 'plain' | 'quoted' | 'quote-in-quotes' = 'plain';
  let isFirst = true;
  const endField = () => {
    row.push(field);
    field = '';
    state = 'plain';
  };
  for await (const each of text) {
    const piece = isFirst ? each.replace(/^\uFEFF/, '') : each;
    isFirst = false;
    for (let at = 0; at < piece.length; at++) {
      // Whole stretches at once: FER2013's fields have 8,000 characters.
      const stretch = nextSpecial(piece, at, state === 'quoted');
      field += piece.slice(at, stretch);
      if (field.length > LONGEST_FIELD) throw new RangeError(`a field of more than ${LONGEST_FIELD} characters`);
      at = stretch;
      const character = piece[at];
      if (state === 'quoted') state = character === '"' ? 'quote-in-quotes' : state;
      else if (character === '"') {
        if (state === 'quote-in-quotes' || field !== '') field += '"';
        if (state === 'quote-in-quotes' || field === '') state = 'quoted';
      } else if (character === ',') endField();
      else if (character === '\n') {
        endField();
        if (row.length > 1 || row[0] !== '') yield row;
        row = [];
      }
    }
  }
  if (field === '' && row.length === 0) return;
  endField();
  yield row;
}

const SPECIAL = /[",\r\n]/g;

/** Place of the next character that may end a stretch of text, or the end. */
function nextSpecial(piece: string, from: number, quoted: boolean): number {
  if (quoted) {
    const quote = piece.indexOf('"', from);
    return quote < 0 ? piece.length : quote;
  }
  SPECIAL.lastIndex = from;
  return SPECIAL.exec(piece)?.index ?? piece.length;
}

/** A file's text, piece by piece, so that a large one never lies in memory whole. */
export async function* textOf(file: Blob): AsyncGenerator<string, void> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
