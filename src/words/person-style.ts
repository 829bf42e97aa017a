import type { ColorScheme } from './expression-style';
import { t } from './i18n';
import { personLetter } from './person-letter';
import { PERSON } from './recorded';

/** Chosen by search, as the expressions' colours: every pair stays apart for all kinds of colour vision, numbers on them are legible. */
export const PERSON_COLORS: Readonly<Record<ColorScheme, readonly string[]>> = {
  light: ['#506be0', '#b85725', '#532d63', '#807188', '#18188c', '#790f06'],
  dark: ['#60bbde', '#cfef54', '#207fe8', '#b7b264', '#46fbfb', '#7d8469'],
};

/** Colour of the letter on a person's colour. */
export const PERSON_LETTER_COLOR: Readonly<Record<ColorScheme, string>> = { light: '#ffffff', dark: '#14171a' };

/** The colours repeat after six people; the letter tells them apart. */
export function personColor(person: number, scheme: ColorScheme): string {
  const colors = PERSON_COLORS[scheme];
  return colors[(((person - 1) % colors.length) + colors.length) % colors.length] ?? 'currentcolor';
}

const LETTERS = 26;

/** The number of a person who is called `Person A` and so on; null where it is another name. */
export function personOfName(name: string): number | null {
  const [, letters] = /^Person ([@-Z]+)$/.exec(name) ?? [];
  return letters === undefined ? null : Array.from(letters).reduce((number, letter) => number * LETTERS + letter.charCodeAt(0) - 64, 0);
}

/** What stands at a person's box, where there is little room: the letter of "Person A", or the name that was given. */
export function personTag(person: number, given: string | null = null): string {
  return given ?? personLetter(person);
}

/** @param given the name that was given by hand; null if none. */
export function personName(person: number, given: string | null = null): string {
  return given ?? t(PERSON, { letter: personLetter(person) });
}
