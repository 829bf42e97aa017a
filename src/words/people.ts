import { formatClock } from './format';
import { t } from './i18n';

/** The fields of `PeopleEdit` that are worded. */
type Edit =
  | { readonly kind: 'name'; readonly person: number; readonly name: string }
  | { readonly kind: 'merge' | 'keep-apart'; readonly person: number; readonly other: number }
  | { readonly kind: 'split'; readonly person: number; readonly atMs: number; readonly into: number }
  | { readonly kind: 'leave-out' | 'take-in' | 'neutral' | 'no-neutral'; readonly person: number };

/**
 * Describes an edit: "Person B and Person A are one person".
 *
 * @param nameOf people's names before the edit.
 */
export function wordPeopleEdit(edit: Edit, nameOf: (person: number) => string): string {
  const name = nameOf(edit.person);
  switch (edit.kind) {
    case 'name':
      return edit.name === '' ? t('{name} has no name any more', { name }) : t('{person} is called “{name}”', { person: name, name: edit.name });
    case 'merge':
      return t('{other} is the same person as {name}', { other: nameOf(edit.other), name });
    case 'keep-apart':
      return t('{name} and {other} are two people', { name, other: nameOf(edit.other) });
    case 'split':
      return t('{name} is split: from {time} on it is {other}', { name, time: formatClock(edit.atMs, 1), other: nameOf(edit.into) });
    case 'leave-out':
      return t('{name} is left out', { name });
    case 'take-in':
      return t('{name} is back', { name });
    case 'neutral':
      return t('{name} is shown relative to their neutral face', { name });
    case 'no-neutral':
      return t('{name} is shown as read', { name });
  }
}
