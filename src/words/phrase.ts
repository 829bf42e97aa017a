declare const inCatalogue: unique symbol;

/** An English catalogue text. Opaque, so that it only reaches the screen through `t`. */
export interface Phrase {
  readonly [inCatalogue]: true;
}

export type Values = Readonly<Record<string, string | number>>;

/** Rejects computed strings, which cannot be extracted. */
export type Literal<M extends string> = string extends M ? never : M;

/** Marks an English text for the catalogue where it is defined before use, such as in a table of constants. */
export function msg<const M extends string>(message: Literal<M>): Phrase {
  return message as unknown as Phrase;
}

/** A text without plurals for files: always English. */
export function recordedText(phrase: Phrase, values: Values = {}): string {
  return (phrase as unknown as string).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
