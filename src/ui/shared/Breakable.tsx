import { Fragment } from 'react';
import { breakable } from '../../words/breakable';

/** A possibly long name. Lines break after separators, and within a word only if it is wider than the line. */
export function Breakable({ name }: { readonly name: string }) {
  return breakable(name).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
