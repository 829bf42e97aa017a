import type { EpochRow } from '../../lab/teach/training-log';
import { tensorBoardEvents, tensorBoardName, trainingCsv } from '../../lab/teach/training-log';
import { canvasToBlob } from '../files/canvas-blob';
import { saveFile } from '../files/save-file';

/** Saves the epochs' figures in the format of Keras's CSVLogger. */
export function saveTrainingCsv(rows: readonly EpochRow[]): void {
  saveFile(new Blob([trainingCsv(rows)], { type: 'text/csv;charset=utf-8' }), 'training_log.csv');
}

export function saveTensorBoard(rows: readonly EpochRow[]): void {
  saveFile(new Blob([tensorBoardEvents(rows)]), tensorBoardName(rows[0]?.endedAtMs ?? 0));
}

/** A curve from the page, and its caption. */
export interface DrawnCurve {
  readonly canvas: HTMLCanvasElement;
  readonly caption: string;
}

/** Font size of a caption as a share of a curve's width, and the space above the curve in font sizes. */
const CAPTION_SHARE = 1 / 48;
const CAPTION_SPACE = 2;

/** Saves the curves side by side, each below its caption. */
export async function saveTrainingPlot(curves: readonly DrawnCurve[]): Promise<void> {
  const canvas = document.createElement('canvas');
  const fontPx = Math.max(...curves.map(({ canvas: { width } }) => width)) * CAPTION_SHARE;
  const top = Math.ceil(CAPTION_SPACE * fontPx);
  canvas.width = curves.reduce((sum, { canvas: { width } }) => sum + width, 0);
  canvas.height = top + Math.max(...curves.map(({ canvas: { height } }) => height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context for the plot');
  const { backgroundColor, color, fontFamily } = getComputedStyle(document.body);
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = color;
  context.font = `${fontPx}px ${fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  let x = 0;
  for (const { canvas: curve, caption } of curves) {
    context.fillText(caption, x + curve.width / 2, top / 2, curve.width);
    context.drawImage(curve, x, top);
    x += curve.width;
  }
  saveFile(await canvasToBlob(canvas, 'image/png'), 'training_plot.png');
}
