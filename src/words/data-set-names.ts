import { msg, t, type Phrase } from './i18n';

/** Sets that the cards of Mien's models name. */
const NAMES: readonly Phrase[] = [
  msg('FER+ votes'),
  msg('FER2013 labels'),
  msg('CK+ peak'),
  msg('Taiwanese, clear'),
  msg('photographs'),
];

/** A set of faces as a model's card names it, in the reader's language where it is a known one. */
export function dataSetName(name: string): string {
  const phrase = NAMES.find((known) => (known as unknown as string) === name);
  return phrase ? t(phrase) : name;
}
