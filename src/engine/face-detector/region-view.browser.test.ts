import { expect, test } from 'vitest';
import { pixelRect } from '../geometry';
import { RegionView } from './region-view';

test.each([
  ['leaves a small region as it is', 100, 50, 1, 100, 50],
  ['enlarges it twice where it may', 100, 50, 2, 200, 100],
  ['enlarges another as far as there is room', 250, 250, 2, 320, 320],
  ['makes a large one smaller', 640, 320, 2, 320, 160],
])('%s', (_, width, height, mostScale, across, down) => {
  const frame = new OffscreenCanvas(800, 600);
  const context = frame.getContext('2d');
  if (context) {
    context.fillStyle = '#fff';
    context.fillRect(40 + width / 2, 30, width / 2, height);
  }
  const picture = new RegionView().draw(frame, pixelRect(40, 30, width, height), 320, 0, mostScale);
  expect([picture.width, picture.height]).toEqual([across, down]);
  const middle = (x: number) => picture.data[4 * ((down / 2) * across + x)];
  expect([middle(across / 4), middle((3 * across) / 4)]).toEqual([0, 255]);
});

test('draws the same after a larger region as before', () => {
  const frame = new OffscreenCanvas(400, 300);
  const context = frame.getContext('2d');
  const shade = context?.createLinearGradient(0, 0, 400, 300);
  shade?.addColorStop(0, '#06c');
  shade?.addColorStop(1, '#fc0');
  if (context && shade) {
    context.fillStyle = shade;
    context.fillRect(0, 0, 400, 300);
  }
  const view = new RegionView();
  // Beyond the frame, turned, and smaller than the canvas.
  const draw = () => view.draw(frame, pixelRect(330, 250, 120, 90), 320, 90);
  const before = draw();
  view.draw(frame, pixelRect(0, 0, 400, 300), 320);
  const after = draw();
  expect([after.width, after.height]).toEqual([90, 120]);
  expect(after.data).toEqual(before.data);
});
