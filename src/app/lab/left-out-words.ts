import type { LeftOutItem } from '../../lab/data/items';

export const LEFT_OUT_WORDS: Readonly<Record<LeftOutItem['reason'], string>> = {
  'no-picture': 'Not a picture',
  'bad-pixels': 'Its pixels are not 48 × 48 numbers from 0 to 255',
  'no-file': 'Its file was not chosen along with the table',
  'too-few-columns': 'The line has too few columns',
};
