import { MienError } from '../../engine/errors';
import { CARD_SIZE, drawFacesCard } from '../../export/faces-card';
import { timeInName } from '../../export/file-names';
import type { ColorScheme } from '../../words/expression-style';
import { formatList } from '../../words/format';
import { languageStore, t } from '../../words/i18n';
import { directionOf } from '../../words/languages';
import { wordKeptFace } from '../../words/seven-faces';
import { canvasToBlob } from '../files/canvas-blob';
import type { Round } from './seven-faces';

export interface GameCard {
  readonly rounds: readonly Round<HTMLCanvasElement>[];
  /** If false, marks are drawn instead of faces. */
  readonly withPictures: boolean;
  readonly scheme: ColorScheme;
}

/** Draws the card of a game in the page's language. */
export function drawGameCard(canvas: HTMLCanvasElement, { rounds, withPictures, scheme }: GameCard): void {
  canvas.width = CARD_SIZE.width;
  canvas.height = CARD_SIZE.height;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new MienError('image', 'too-large', 'no canvas for the card');
  const locale = languageStore.getSnapshot();
  drawFacesCard(context, {
    title: t('Seven faces'),
    note: t('Played, and read by Mien, in a browser tab. The numbers say what Mien read in a picture, and nothing about the person.'),
    faces: rounds.map((round) => ({
      ...wordKeptFace(round),
      expression: round.asked,
      picture: withPictures ? (round.best?.picture ?? null) : null,
      isRead: round.best !== null,
    })),
    scheme,
    locale,
    rightToLeft: directionOf(locale) === 'rtl',
  });
}

/** Text alternative of the card. */
export function wordGameCard(rounds: readonly Round<HTMLCanvasElement>[]): string {
  return formatList(
    rounds.map((round) => {
      const { name, reading, remark } = wordKeptFace(round);
      return `${name}: ${remark === '' ? reading : `${reading} (${remark})`}`;
    }),
  );
}

/** The card as a PNG. */
export async function gameCardFile(card: GameCard): Promise<File> {
  const canvas = document.createElement('canvas');
  drawGameCard(canvas, card);
  return new File([await canvasToBlob(canvas, 'image/png')], `mien-seven-faces-${timeInName(new Date())}.png`, { type: 'image/png' });
}
