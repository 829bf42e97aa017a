import { describe, expect, it } from 'vitest';
import { pixelRect } from '../geometry';
import { FrameGrid } from './frame-grid';

const FRAME = { width: 80, height: 40 };
const COLUMNS = 10;

/** Uniform, except for one cell. */
function grid(column = 0, row = 0, level = 100): FrameGrid {
  const cells = new Uint8ClampedArray(4 * COLUMNS * 5).fill(100);
  cells[4 * (row * COLUMNS + column) + 1] = level;
  return new FrameGrid(cells, COLUMNS, FRAME);
}

describe('FrameGrid', () => {
  it('detects a change in its place, and nowhere else', () => {
    const changed = grid(6, 2, 110);
    expect(changed.isLike(grid(), pixelRect(0, 0, 80, 40))).toBe(false);
    expect(changed.isLike(grid(), pixelRect(49, 17, 3, 3))).toBe(false);
    expect(changed.isLike(grid(), pixelRect(0, 0, 48, 40))).toBe(true);
    expect(changed.isLike(grid(), pixelRect(56, 0, 24, 40))).toBe(true);
  });

  it('ignores a sensor\'s noise', () => {
    expect(grid(6, 2, 103).isLike(grid(), pixelRect(0, 0, 80, 40))).toBe(true);
    expect(grid(6, 2, 104).isLike(grid(), pixelRect(0, 0, 80, 40))).toBe(false);
  });

  it('compares the part of a region that lies in the frame', () => {
    expect(grid(0, 0, 200).isLike(grid(), pixelRect(-50, -50, 60, 60))).toBe(false);
    expect(grid(9, 4, 200).isLike(grid(), pixelRect(-50, -50, 60, 60))).toBe(true);
  });

  it('differs from every grid of another size', () => {
    expect(grid().isLike(new FrameGrid(new Uint8ClampedArray(4 * 20 * 10).fill(100), 20, FRAME), pixelRect(0, 0, 10, 10))).toBe(false);
  });
});
