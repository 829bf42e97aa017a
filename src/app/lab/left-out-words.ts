import type { LeftOutItem } from '../../lab/data/items';
import { msg, type Phrase } from '../../words/i18n';

export const LEFT_OUT_WORDS: Readonly<Record<LeftOutItem['reason'], Phrase>> = {
  'no-picture': msg('Not a picture'),
  'bad-pixels': msg('Its pixels are not 48 × 48 numbers from 0 to 255'),
  'no-file': msg('Its file was not chosen along with the table'),
  'too-few-columns': msg('The line has too few columns'),
};
