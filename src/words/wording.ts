import type { ErrorKind, ErrorReason } from '../engine/errors';
import type { Phrase } from './i18n';

export interface Wording {
  readonly title: string;
  /** The next step. */
  readonly advice: string;
}

/** As it stands in the catalogue; `{detail}` stands for the error's own detail, where that is a name in words. */
interface Marked {
  readonly title: Phrase;
  readonly advice: Phrase;
}

/** Every reason of some kinds, so that a new one without words does not compile. */
export type Wordings<Kind extends ErrorKind> = { readonly [K in Kind]: Readonly<Record<ErrorReason<K>, Marked>> };
