/** Replacement character for invalid UTF-8. */
const NO_CHARACTER = '\uFFFD';
const NOT_ASCII = /[\u0080-\uffff]/;

/**
 * Streams a file's text, so that a large file is never in memory as a whole: UTF-8, UTF-16 with a byte order mark, or Windows-1252, as written by
 * spreadsheets, if the first non-ASCII character is not valid UTF-8.
 */
export async function* textOf(file: Blob): AsyncGenerator<string, void> {
  const decoder = new TextPieces(await encodingOf(file));
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield decoder.take(value, true);
    }
    yield decoder.take(new Uint8Array(), false);
  } finally {
    await reader.cancel();
  }
}

/** Spreadsheets call UTF-16 "Unicode text". */
async function encodingOf(file: Blob): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

class TextPieces {
  #decoder: TextDecoder;
  /** True while only ASCII has been seen, so that the file may still turn out not to be UTF-8. */
  #isOpen: boolean;
  /** Trailing bytes of a character that continues in the next piece. */
  #begun: readonly number[] = [];

  constructor(encoding: string) {
    this.#isOpen = encoding === 'utf-8';
    this.#decoder = new TextDecoder(encoding);
  }

  take(piece: Uint8Array, stream: boolean): string {
    if (!this.#isOpen) return this.#decoder.decode(piece, { stream });
    const bytes = new Uint8Array(this.#begun.length + piece.length);
    bytes.set(this.#begun);
    bytes.set(piece, this.#begun.length);
    this.#begun = stream ? begunCharacter(bytes) : [];
    const whole = bytes.subarray(0, bytes.length - this.#begun.length);
    const text = new TextDecoder().decode(whole);
    const [first] = NOT_ASCII.exec(text) ?? [];
    if (first === undefined && stream) return text;
    this.#isOpen = false;
    if (first === NO_CHARACTER) this.#decoder = new TextDecoder('windows-1252');
    return this.#decoder.decode(bytes, { stream });
  }
}

/** Trailing bytes of an incomplete UTF-8 character. */
function begunCharacter(bytes: Uint8Array): readonly number[] {
  const last = Array.from(bytes.subarray(-3));
  const lead = last.findLastIndex((byte) => byte >= 0xc0);
  const length = last.length - lead;
  const lengthOf = (byte: number) => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);
  return lead >= 0 && lengthOf(last[lead] ?? 0) > length ? last.slice(lead) : [];
}
