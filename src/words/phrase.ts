declare const inCatalogue: unique symbol;

/** An English text of the catalogue. Opaque, so that none reaches the screen but through `t`. */
export interface Phrase {
  readonly [inCatalogue]: true;
}

export type Values = Readonly<Record<string, string | number>>;

/** Texts that are computed cannot be extracted. */
export type Literal<M extends string> = string extends M ? never : M;

/** Marks an English text for the catalogue where it is not shown yet, such as in a table of constants. */
export function msg<const M extends string>(message: Literal<M>): Phrase {
  return message as unknown as Phrase;
}

/** A text without plurals as files have it: in English, whatever the page shows. */
export function recordedText(phrase: Phrase, values: Values = {}): string {
  return (phrase as unknown as string).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
