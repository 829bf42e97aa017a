import type { ColorScheme } from './expression-style';

/** Chosen by search, as the expressions' colours: every pair stays apart for all kinds of colour vision, numbers on them are legible. */
export const PERSON_COLORS: Readonly<Record<ColorScheme, readonly string[]>> = {
  light: ['#506be0', '#b85725', '#532d63', '#807188', '#18188c', '#790f06'],
  dark: ['#60bbde', '#cfef54', '#207fe8', '#b7b264', '#46fbfb', '#7d8469'],
};

/** Of the number on a person's colour. */
export const PERSON_NUMBER_COLOR: Readonly<Record<ColorScheme, string>> = { light: '#ffffff', dark: '#14171a' };

/** After six people colours come again; the number tells them apart. */
export function personColor(track: number, scheme: ColorScheme): string {
  const colors = PERSON_COLORS[scheme];
  return colors[(((track - 1) % colors.length) + colors.length) % colors.length] ?? 'currentcolor';
}

export function personName(track: number): string {
  return `Person ${track}`;
}
