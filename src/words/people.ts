import { formatClock } from './format';

/** What is worded; as in `PeopleEdit`. */
type Edit =
  | { readonly kind: 'name'; readonly person: number; readonly name: string }
  | { readonly kind: 'merge' | 'keep-apart'; readonly person: number; readonly other: number }
  | { readonly kind: 'split'; readonly person: number; readonly atMs: number; readonly into: number }
  | { readonly kind: 'leave-out' | 'take-in' | 'neutral' | 'no-neutral'; readonly person: number };

/**
 * What an edit did: "Person B and Person A are one person".
 *
 * @param nameOf what people were called before it.
 */
export function wordPeopleEdit(edit: Edit, nameOf: (person: number) => string): string {
  const name = nameOf(edit.person);
  switch (edit.kind) {
    case 'name':
      return edit.name === '' ? `${name} has no name any more` : `${name} is called “${edit.name}”`;
    case 'merge':
      return `${nameOf(edit.other)} is the same person as ${name}`;
    case 'keep-apart':
      return `${name} and ${nameOf(edit.other)} are two people`;
    case 'split':
      return `${name} is split: from ${formatClock(edit.atMs, 1)} on it is ${nameOf(edit.into)}`;
    case 'leave-out':
      return `${name} is left out`;
    case 'take-in':
      return `${name} is back`;
    case 'neutral':
      return `${name} is shown relative to their neutral face`;
    case 'no-neutral':
      return `${name} is shown as read`;
  }
}
