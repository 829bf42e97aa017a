import { msg, t, type Phrase } from './i18n';

/** What the cards of Mien's models name: sets of faces, outputs, rules, faults of pictures, and what they are not for. */
const KNOWN: readonly Phrase[] = [
  msg('FER+ votes'),
  msg('FER2013 labels'),
  msg('CK+ peak'),
  msg('Taiwanese, clear'),
  msg('photographs'),
  msg('As the app shows'),
  msg('FER+ head'),
  msg('FER2013 head'),
  msg('faces where more than half of ten votes name one of the seven expressions'),
  msg("the data set's own label, every face"),
  msg('Inferring what someone feels: it reads expressions, which differ from feelings.'),
  msg('Decisions about people: hiring, grading, policing, insurance, health.'),
  msg("Emotion inference at work or in schools, which the EU's AI Act prohibits."),
  msg('box scale'),
  msg('shift right'),
  msg('shift down'),
  msg('roll, degrees'),
  msg('face size, px'),
  msg('exposure, gamma'),
  msg('light from a side'),
  msg('blur, px'),
];

/** A short text of a model's card in the reader's language where it is a known one; null where it is not, and stays English. */
export function knownCardText(text: string): string | null {
  const phrase = KNOWN.find((known) => (known as unknown as string) === text);
  return phrase ? t(phrase) : null;
}

/** A set of faces as a model's card names it, in the reader's language where it is a known one. */
export function dataSetName(name: string): string {
  return knownCardText(name) ?? name;
}
