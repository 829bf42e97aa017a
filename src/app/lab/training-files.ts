import type { EpochRow } from '../../lab/teach/training-log';
import { tensorBoardEvents, tensorBoardName, trainingCsv } from '../../lab/teach/training-log';
import { canvasToBlob } from '../files/canvas-blob';
import { saveFile } from '../files/save-file';

/** Saves the epochs' figures as Keras's CSVLogger writes them. */
export function saveTrainingCsv(rows: readonly EpochRow[]): void {
  saveFile(new Blob([trainingCsv(rows)], { type: 'text/csv;charset=utf-8' }), 'training_log.csv');
}

export function saveTensorBoard(rows: readonly EpochRow[]): void {
  saveFile(new Blob([tensorBoardEvents(rows)]), tensorBoardName(rows[0]?.endedAtMs ?? 0));
}

/** Saves the drawn curves side by side on white. @param plots as they are on the page. */
export async function saveTrainingPlot(plots: readonly HTMLCanvasElement[]): Promise<void> {
  const canvas = document.createElement('canvas');
  canvas.width = plots.reduce((sum, { width }) => sum + width, 0);
  canvas.height = Math.max(...plots.map(({ height }) => height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context for the plot');
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  let x = 0;
  for (const plot of plots) {
    context.drawImage(plot, x, 0);
    x += plot.width;
  }
  saveFile(await canvasToBlob(canvas, 'image/png'), 'training_plot.png');
}
