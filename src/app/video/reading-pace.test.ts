import { expect, it } from 'vitest';
import { PaceMeter, ReadingPaces } from './reading-pace';

function memoryStorage(initial: string | null = null) {
  let text = initial;
  return { getItem: () => text, setItem: (_: string, value: string) => void (text = value) };
}

const HD = { search: 'thorough', framesPerSecond: 1, pixels: 1280 * 720 } as const;

it('predicts the time of a similar clip, also in the next visit', () => {
  const storage = memoryStorage();
  const paces = new ReadingPaces(() => storage);
  expect(paces.expectedMs(HD, 60)).toBeNull();
  paces.note(HD, 500);
  expect(paces.expectedMs(HD, 60)).toBe(30_000);
  paces.note(HD, 400);
  expect(new ReadingPaces(() => storage).expectedMs(HD, 60)).toBe(24_000);
});

it.each([
  ['another search', { search: 'fast' }],
  ['another rate', { framesPerSecond: 'every' }],
  ['pictures of another size', { pixels: 320 * 240 }],
] as const)('expects nothing of %s', (_case, change) => {
  const paces = new ReadingPaces(() => memoryStorage());
  paces.note(HD, 500);
  expect(paces.expectedMs({ ...HD, ...change }, 60)).toBeNull();
});

it('predicts nothing for another network or backend, and notifies of the change', () => {
  const paces = new ReadingPaces(() => memoryStorage());
  let told = 0;
  paces.subscribe(() => told++);
  paces.engine = 'webgl';
  paces.note(HD, 500);
  paces.engine = 'cpu';
  expect(paces.expectedMs(HD, 60)).toBeNull();
  paces.engine = 'webgl';
  expect(paces.expectedMs(HD, 60)).toBe(30_000);
  expect(told).toBe(4);
});

it('uses pictures of a similar size', () => {
  const paces = new ReadingPaces(() => memoryStorage());
  paces.note(HD, 500);
  expect(paces.expectedMs({ ...HD, pixels: 1920 * 1080 }, 2)).toBe(1000);
});

it.each(['not JSON', 'null', '[1]', '{"thorough 1":{"msPerFrame":-1,"pixels":3}}', '{"thorough 1":null}'])('ignores stored text that it cannot have written: %s', (text) =>
  expect(new ReadingPaces(() => memoryStorage(text)).getSnapshot()).toEqual({}));

it('works if storage is denied', () => {
  const paces = new ReadingPaces(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  paces.note(HD, 500);
  expect(paces.expectedMs(HD, 1)).toBe(500);
});

it('measures between frames, excluding waits', () => {
  const meter = new PaceMeter();
  for (let i = 0; i < 4; i++) meter.add(10_000 + i * 100);
  expect(meter.msPerFrame).toBeNull();
  // One frame that was in progress when the reading paused, and one that was left out.
  meter.add(10_350, false);
  meter.add(89_000, false);
  for (let i = 0; i < 4; i++) meter.add(90_000 + i * 200);
  expect(meter.msPerFrame).toBe((3 * 100 + 3 * 200) / 6);
});
