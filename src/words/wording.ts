import type { ErrorKind, ErrorReason } from '../engine/errors';

/** Stands for the error's own detail, where that is a name in words. */
export const DETAIL = '{detail}';

export interface Wording {
  readonly title: string;
  /** The next step. */
  readonly advice: string;
}

/** Every reason of some kinds, so that a new one without words does not compile. */
export type Wordings<Kind extends ErrorKind> = { readonly [K in Kind]: Readonly<Record<ErrorReason<K>, Wording>> };
