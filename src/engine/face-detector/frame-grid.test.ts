import { describe, expect, it } from 'vitest';
import { pixelRect } from '../geometry';
import { FrameGrid } from './frame-grid';

const FRAME = { width: 80, height: 40 };
const COLUMNS = 10;

/** All of one tone, but for one cell of another. */
function grid(column = 0, row = 0, level = 100): FrameGrid {
  const cells = new Uint8ClampedArray(4 * COLUMNS * 5).fill(100);
  cells[4 * (row * COLUMNS + column) + 1] = level;
  return new FrameGrid(cells, COLUMNS, FRAME);
}

describe('FrameGrid', () => {
  it('tells a change where it is, and nowhere else', () => {
    const changed = grid(6, 2, 110);
    expect(changed.isLike(grid(), pixelRect(0, 0, 80, 40))).toBe(false);
    expect(changed.isLike(grid(), pixelRect(49, 17, 3, 3))).toBe(false);
    expect(changed.isLike(grid(), pixelRect(0, 0, 48, 40))).toBe(true);
    expect(changed.isLike(grid(), pixelRect(56, 0, 24, 40))).toBe(true);
  });

  it('takes the noise of a sensor for no change', () => {
    expect(grid(6, 2, 103).isLike(grid(), pixelRect(0, 0, 80, 40))).toBe(true);
    expect(grid(6, 2, 104).isLike(grid(), pixelRect(0, 0, 80, 40))).toBe(false);
  });

  it('looks at what lies in the frame of a region that reaches outside', () => {
    expect(grid(0, 0, 200).isLike(grid(), pixelRect(-50, -50, 60, 60))).toBe(false);
    expect(grid(9, 4, 200).isLike(grid(), pixelRect(-50, -50, 60, 60))).toBe(true);
  });

  it('is like none of another size', () => {
    expect(grid().isLike(new FrameGrid(new Uint8ClampedArray(4 * 20 * 10).fill(100), 20, FRAME), pixelRect(0, 0, 10, 10))).toBe(false);
  });
});
