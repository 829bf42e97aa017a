import { msg, t, type Phrase } from './i18n';

/** Translatable names of label orders, as in `LABEL_ORDERS`; others are named after their data set. */
const NAMES: readonly Phrase[] = [
  msg('alphabetical, as Keras reads folders'),
  msg('AffectNet, 7 classes'),
  msg('FER+, 7 classes'),
  msg('CK+, alphabetical'),
  msg('alphabetical with contempt'),
  msg('FER2013 without disgust'),
  msg('FER2013 with contempt'),
  msg('alphabetical without disgust'),
  msg('the six without neutral, alphabetical'),
  msg('five, alphabetical'),
];

export function labelOrderName(name: string): string {
  const phrase = NAMES.find((known) => (known as unknown as string) === name);
  return phrase ? t(phrase) : name;
}
