import { describe, expect, it } from 'vitest';
import { containedView, toCanvas } from './overlay-painter';

const FRAME = { width: 1280, height: 720 };
const BOX = { x: 100, y: 50, width: 200, height: 300 };

describe('the overlay’s view', () => {
  it('lies over a video that fits its canvas in both directions', () => {
    const view = containedView(FRAME, { width: 640, height: 360 }, false, 1);
    expect(toCanvas(BOX, view)).toEqual({ x: 50, y: 25, width: 100, height: 150 });
  });

  it('leaves the bars of full screen free', () => {
    const view = containedView(FRAME, { width: 1280, height: 1000 }, false, 1);
    expect(toCanvas(BOX, view)).toEqual({ x: 100, y: 190, width: 200, height: 300 });
    const tall = containedView({ width: 480, height: 640 }, { width: 1280, height: 640 }, false, 1);
    expect(toCanvas({ x: 0, y: 0, width: 480, height: 640 }, tall).x).toBe(400);
  });

  it('mirrors places about the middle of the picture', () => {
    const view = containedView(FRAME, { width: 1280, height: 720 }, true, 2);
    expect(toCanvas(BOX, view)).toEqual({ x: 980, y: 50, width: 200, height: 300 });
  });
});
