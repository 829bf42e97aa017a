import { intersection, pixelRect, type PixelRect, type Size } from '../geometry';
import { createCanvas, readableContext, type Canvas } from './canvas';
import type { FrameImage } from './region-view';

/** Tolerance for a cell's mean colour (of 256 levels): above the noise of sensors and codecs, below a face that moves by a pixel. */
const TOLERANCE = 3;

/** Mean colours of a frame's cells, compact enough to keep, for comparison with later frames. */
export class FrameGrid {
  readonly #cells: Uint8ClampedArray;
  readonly #columns: number;
  readonly #rows: number;
  readonly #frame: Size;

  /** @param cells RGBA, row by row. */
  constructor(cells: Uint8ClampedArray, columns: number, frame: Size) {
    this.#cells = cells;
    this.#columns = columns;
    this.#rows = cells.length / 4 / columns;
    this.#frame = frame;
  }

  /** Whether both frames show the same in the region. */
  isLike(other: FrameGrid, region: PixelRect): boolean {
    if (other === this) return true;
    if (other.#columns !== this.#columns || other.#cells.length !== this.#cells.length) return false;
    const { width, height } = this.#frame;
    const seen = intersection(region, pixelRect(0, 0, width, height));
    const left = Math.floor((seen.x * this.#columns) / width);
    const right = Math.min(this.#columns, Math.ceil(((seen.x + seen.width) * this.#columns) / width));
    const top = Math.floor((seen.y * this.#rows) / height);
    const bottom = Math.min(this.#rows, Math.ceil(((seen.y + seen.height) * this.#rows) / height));
    for (let row = top; row < bottom; row++) {
      const end = 4 * (row * this.#columns + right);
      for (let i = 4 * (row * this.#columns + left); i < end; i++) {
        if (Math.abs((this.#cells[i] ?? 0) - (other.#cells[i] ?? 0)) > TOLERANCE) return false;
      }
    }
    return true;
  }
}

/** Draws grids on one shared canvas. */
export class GridSampler {
  readonly #canvas: Canvas = createCanvas(1, 1);

  /** @param cellSide approximate size of a cell, frame pixels. */
  sample(frame: FrameImage, cellSide: number): FrameGrid {
    const columns = Math.max(1, Math.round(frame.width / cellSide));
    const rows = Math.max(1, Math.round(frame.height / cellSide));
    if (this.#canvas.width !== columns) this.#canvas.width = columns;
    if (this.#canvas.height !== rows) this.#canvas.height = rows;
    const context = readableContext(this.#canvas);
    // Averages all pixels of a cell, where 'low' would skip most of them.
    context.imageSmoothingQuality = 'medium';
    context.drawImage(frame, 0, 0, columns, rows);
    return new FrameGrid(context.getImageData(0, 0, columns, rows).data, columns, frame);
  }
}
