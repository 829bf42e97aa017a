import type { Expression } from '../engine/labels';
import { expressionColor, type ColorScheme } from '../words/expression-style';
import { expressionMark } from './expression-mark';

/** One of the seven expressions on the card, with its texts and picture. */
export interface CardFace {
  readonly expression: Expression;
  readonly name: string;
  readonly reading: string;
  readonly remark: string;
  /** Null draws a mark instead. */
  readonly picture: CanvasImageSource | null;
  /** The mark is faint if nothing was read. */
  readonly isRead: boolean;
}

export interface FacesCard {
  readonly title: string;
  /** Explains the card and its limits. */
  readonly note: string;
  readonly faces: readonly CardFace[];
  readonly scheme: ColorScheme;
  readonly locale: string;
  readonly rightToLeft: boolean;
}

export const CARD_SIZE = { width: 1200, height: 900 } as const;

const MARGIN = 48;
const COLUMNS = 4;
const GAP = 24;
const CELL = (CARD_SIZE.width - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS;
const TOP = 112;
const WORDS_HEIGHT = 108;
const CORNER = 18;
/** Smallest font size; longer text is truncated. */
const LEAST_FONT_PX = 14;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

const PAPER: Readonly<Record<ColorScheme, { readonly page: string; readonly cell: string; readonly words: string; readonly muted: string }>> = {
  light: { page: '#ffffff', cell: '#eeece7', words: '#1d1f23', muted: '#575a62' },
  dark: { page: '#16181b', cell: '#25292d', words: '#eceef0', muted: '#a9b0b8' },
};

/** Draws the card of a game onto a canvas of `CARD_SIZE`: seven faces in two rows, the note in the eighth cell. */
export function drawFacesCard(context: CanvasRenderingContext2D, card: FacesCard): void {
  const { page, words, muted } = PAPER[card.scheme];
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = page;
  context.fillRect(0, 0, CARD_SIZE.width, CARD_SIZE.height);
  context.direction = card.rightToLeft ? 'rtl' : 'ltr';
  context.textAlign = 'start';
  context.textBaseline = 'alphabetic';
  const start = card.rightToLeft ? CARD_SIZE.width - MARGIN : MARGIN;
  context.fillStyle = words;
  line(context, card.title, { x: start, y: 82, px: 44, weight: 700, room: CARD_SIZE.width - 2 * MARGIN });
  for (const [index, face] of card.faces.entries()) drawCell(context, face, place(index, card.rightToLeft), card);
  const { x, y } = place(card.faces.length, card.rightToLeft);
  context.fillStyle = muted;
  const edge = card.rightToLeft ? x + CELL : x;
  context.font = `400 22px ${FONT}`;
  for (const [row, text] of wrapped(context, card.note, CELL, card.locale).entries()) context.fillText(text, edge, y + 26 + row * 31);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Top left corner of a cell. */
function place(index: number, rightToLeft: boolean): Place {
  const column = index % COLUMNS;
  const x = MARGIN + (rightToLeft ? COLUMNS - 1 - column : column) * (CELL + GAP);
  return { x, y: TOP + Math.floor(index / COLUMNS) * (CELL + WORDS_HEIGHT + GAP) };
}

function drawCell(context: CanvasRenderingContext2D, face: CardFace, { x, y }: Place, { scheme, rightToLeft }: FacesCard): void {
  const paper = PAPER[scheme];
  const color = expressionColor(face.expression, scheme);
  context.save();
  context.beginPath();
  context.roundRect(x, y, CELL, CELL, CORNER);
  context.clip();
  context.fillStyle = paper.cell;
  context.fillRect(x, y, CELL, CELL);
  if (face.picture) context.drawImage(face.picture, x, y, CELL, CELL);
  else drawMark(context, face, { x, y }, face.isRead ? color : paper.muted);
  context.fillStyle = color;
  context.fillRect(x, y + CELL - 8, CELL, 8);
  context.restore();
  const at = { x: rightToLeft ? x + CELL : x, room: CELL };
  context.fillStyle = paper.words;
  line(context, face.name, { ...at, y: y + CELL + 34, px: 26, weight: 650 });
  line(context, face.reading, { ...at, y: y + CELL + 64, px: 20, weight: 500 });
  context.fillStyle = paper.muted;
  line(context, face.remark, { ...at, y: y + CELL + 92, px: 18, weight: 400 });
}

function drawMark(context: CanvasRenderingContext2D, { expression, isRead }: CardFace, { x, y }: Place, color: string): void {
  const scale = (CELL * 0.72) / 100;
  context.save();
  context.translate(x + CELL * 0.14, y + CELL * 0.14 - 4);
  context.scale(scale, scale);
  context.lineWidth = 4;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.globalAlpha = isRead ? 1 : 0.45;
  context.strokeStyle = color;
  context.stroke(new Path2D(expressionMark(expression)));
  context.restore();
}

interface LineOptions extends Place {
  readonly px: number;
  readonly weight: number;
  /** Available width. */
  readonly room: number;
}

/** Draws one line of text, shrunk to fit and truncated at the smallest font size. */
function line(context: CanvasRenderingContext2D, text: string, { x, y, px, weight, room }: LineOptions): void {
  const setFont = (size: number) => (context.font = `${weight} ${size}px ${FONT}`);
  setFont(px);
  const fitting = Math.floor((px * room) / Math.max(room, context.measureText(text).width));
  setFont(Math.max(LEAST_FONT_PX, fitting));
  let shown = text;
  while (shown.length > 1 && context.measureText(shown).width > room) shown = `${shown.slice(0, -2).trimEnd()}…`;
  context.fillText(shown, x, y);
}

/** Breaks text into lines of at most `room` pixels at the language's word boundaries. */
function wrapped(context: CanvasRenderingContext2D, text: string, room: number, locale: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const { segment } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)) {
    // Punctuation stays with the preceding word.
    const fits = context.measureText(current + segment.trimEnd()).width <= room || /^\p{P}/u.test(segment);
    if (!fits && current !== '') {
      lines.push(current.trimEnd());
      current = segment.trimStart();
    } else current += segment;
  }
  return current === '' ? lines : [...lines, current.trimEnd()];
}
