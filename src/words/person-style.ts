import type { ColorScheme } from './expression-style';
import { t } from './i18n';
import { personLetter } from './person-letter';
import { PERSON } from './recorded';

/** Found by search like the expressions' colours: every pair is distinguishable with any colour vision, and letters on them are legible. */
export const PERSON_COLORS: Readonly<Record<ColorScheme, readonly string[]>> = {
  light: ['#506be0', '#b85725', '#532d63', '#807188', '#18188c', '#790f06'],
  dark: ['#60bbde', '#cfef54', '#207fe8', '#b7b264', '#46fbfb', '#7d8469'],
};

/** Colour of the letter on a person's colour. */
export const PERSON_LETTER_COLOR: Readonly<Record<ColorScheme, string>> = { light: '#ffffff', dark: '#14171a' };

/** Colours repeat after six people; the letter distinguishes them. */
export function personColor(person: number, scheme: ColorScheme): string {
  const colors = PERSON_COLORS[scheme];
  return colors[(((person - 1) % colors.length) + colors.length) % colors.length] ?? 'currentcolor';
}

const LETTERS = 26;

/** The number of a person with a default name such as `Person A`; null for other names. */
export function personOfName(name: string): number | null {
  const [, letters] = /^Person ([@-Z]+)$/.exec(name) ?? [];
  return letters === undefined ? null : Array.from(letters).reduce((number, letter) => number * LETTERS + letter.charCodeAt(0) - 64, 0);
}

/** Short label for a person's box: the given name, else the letter. */
export function personTag(person: number, given: string | null = null): string {
  return given ?? personLetter(person);
}

/** @param given name given by hand; null if none. */
export function personName(person: number, given: string | null = null): string {
  return given ?? t(PERSON, { letter: personLetter(person) });
}
