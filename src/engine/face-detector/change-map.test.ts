import { describe, expect, it } from 'vitest';
import { pixelRect } from '../geometry';
import { THUMBNAIL } from '../scene-change';
import { ChangeMap } from './change-map';

const FRAME = { width: 1280, height: 720 };
const LEFT = pixelRect(0, 0, 640, 720);
const RIGHT = pixelRect(640, 0, 640, 720);

/** Gray, with one cell (40×40 frame pixels) of another shade. */
function picture(column = 0, row = 0, shade = 120): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * THUMBNAIL.width * THUMBNAIL.height).fill(120);
  rgba.fill(shade, 4 * (row * THUMBNAIL.width + column), 4 * (row * THUMBNAIL.width + column) + 3);
  return rgba;
}

describe('ChangeMap', () => {
  it('reports changes in a region since the given frame', () => {
    const map = new ChangeMap();
    map.update(picture());
    const before = map.frame;
    map.update(picture(20, 3, 200));
    expect(map.hasChanged(RIGHT, FRAME, before, [])).toBe(true);
    expect(map.hasChanged(LEFT, FRAME, before, [])).toBe(false);
    expect(map.hasChanged(RIGHT, FRAME, map.frame, [])).toBe(false);
  });

  it('ignores noise, but detects a slow change', () => {
    const map = new ChangeMap();
    map.update(picture());
    const before = map.frame;
    for (let i = 0; i < 20; i++) map.update(picture(20, 3, 120 + (i % 2 === 0 ? 8 : -8)));
    expect(map.hasChanged(RIGHT, FRAME, before, [])).toBe(false);
    for (let i = 0; i < 20; i++) map.update(picture(20, 3, 120 + 2 * i));
    expect(map.hasChanged(RIGHT, FRAME, before, [])).toBe(true);
  });

  it('ignores changes in excluded regions', () => {
    const map = new ChangeMap();
    map.update(picture());
    const before = map.frame;
    map.update(picture(20, 3, 200));
    expect(map.hasChanged(RIGHT, FRAME, before, [pixelRect(790, 110, 60, 60)])).toBe(false);
    expect(map.hasChanged(RIGHT, FRAME, before, [pixelRect(990, 110, 60, 60)])).toBe(true);
  });
});
