import { isEqual, valueOf } from './concurrent-edits';
import type { PeopleEdit, PeopleEdits } from './people-edits';

/**
 * Renumbers the new people of own splits where another tab has given their numbers to others; merged, both would be one person.
 *
 * @param base as stored when last seen here.
 * @param own `base` with the changes made here.
 * @param stored as stored now.
 * @returns renumbers an own edit.
 */
export function splitsApart(base: PeopleEdits, own: PeopleEdits, stored: PeopleEdits): (edit: PeopleEdit) => PeopleEdit {
  const asIs = (edit: PeopleEdit) => edit;
  if (isEqual(stored, base)) return asIs;
  const taken = intoOf(without(stored, base));
  let last = [...intoOf([...own, ...stored])].reduce((most, into) => Math.max(most, into), 0);
  const numbers = new Map<number, number>();
  for (const into of intoOf(without(without(own, base), stored))) if (taken.has(into)) numbers.set(into, ++last);
  const numberOf = (person: number) => numbers.get(person) ?? person;
  if (numbers.size === 0) return asIs;
  return (edit) => ({
    ...{ ...edit, person: numberOf(edit.person) },
    ...('other' in edit && { other: numberOf(edit.other) }),
    ...('into' in edit && { into: numberOf(edit.into) }),
  });
}

function without(edits: PeopleEdits, known: PeopleEdits): PeopleEdits {
  const values = new Set(known.map(valueOf));
  return edits.filter((edit) => !values.has(valueOf(edit)));
}

/** Numbers of the people that splits make. */
function intoOf(edits: PeopleEdits): ReadonlySet<number> {
  return new Set(edits.flatMap((edit) => (edit.kind === 'split' ? [edit.into] : [])));
}
