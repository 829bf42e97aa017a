/** Part of a message: text, `#` for a plural's number, a placeholder, or a choice of wordings. */
type Part = string | [name: string] | [name: string, kind: 'plural' | 'select', cases: Record<string, Part[]>];

/**
 * Compiles an ICU MessageFormat text for Lingui: placeholders, plurals and selects, without quoting, which covers the
 * catalogue. Lingui's own compiler covers the whole format but weighs a tenth of the initial scripts without React.
 *
 * @param isolated wraps values in bidirectional isolates.
 */
export function compileMessage(message: string, isolated = false): Part[] {
  const reader = new Reader(message, isolated);
  const parts = reader.parts(false);
  reader.expectEnd();
  return parts;
}

class Reader {
  readonly #message: string;
  readonly #isolated: boolean;
  #at = 0;

  constructor(message: string, isolated: boolean) {
    this.#message = message;
    this.#isolated = isolated;
  }

  /** Parses up to an unmatched closing brace or the end. */
  parts(countIsMeant: boolean): Part[] {
    const parts: Part[] = [];
    for (;;) {
      const [text] = this.#take(countIsMeant ? /[^{}#]+|#/y : /[^{}]+/y) ?? [];
      if (text !== undefined) parts.push(text);
      else if (this.#take(/\{\s*/y)) parts.push(...this.#placeholder(countIsMeant));
      else return parts;
    }
  }

  expectEnd(): void {
    if (this.#at < this.#message.length) this.#fail();
  }

  #placeholder(countIsMeant: boolean): Part[] {
    const [, name = this.#fail(), kind] = this.#take(/(\w+)\s*(?:,\s*(plural|select)\s*,)?\s*/y) ?? [];
    if (kind !== 'plural' && kind !== 'select') {
      if (!this.#take(/\}/y)) this.#fail();
      return this.#isolated ? ['\u2068', [name], '\u2069'] : [[name]];
    }
    const cases: Record<string, Part[]> = {};
    for (;;) {
      const [, key] = this.#take(/=?(\w+)\s*\{/y) ?? [];
      if (key === undefined) break;
      cases[key] = this.parts(countIsMeant || kind === 'plural');
      if (!this.#take(/\}\s*/y)) this.#fail();
    }
    if (!this.#take(/\}/y)) this.#fail();
    return [[name, kind, cases]];
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#message);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #fail(): never {
    throw new Error(`not understood from ${this.#at} on: ${this.#message}`);
  }
}
