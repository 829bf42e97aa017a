import { Fragment } from 'react';
import { breakable } from '../../words/breakable';

/** A name that may be long: its lines break behind its separators, and within its words only where one has no room of its own. */
export function Breakable({ name }: { readonly name: string }) {
  return breakable(name).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
