import type { ErrorKind, ErrorReason } from '../engine/errors';
import type { Phrase } from './i18n';

export interface Wording {
  readonly title: string;
  /** The next step. */
  readonly advice: string;
}

/** Catalogue texts; `{detail}` is replaced by the error's detail, if that is a display name. */
interface Marked {
  readonly title: Phrase;
  readonly advice: Phrase;
}

/** Covers every reason of the given kinds, so that a new one without texts does not compile. */
export type Wordings<Kind extends ErrorKind> = { readonly [K in Kind]: Readonly<Record<ErrorReason<K>, Marked>> };
