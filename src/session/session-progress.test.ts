import { expect, it } from 'vitest';
import { nameApart } from './session-progress';

it('distinguishes sessions with the same name, as from two tabs recording at once', () => {
  const kept = (name: string) => ({ name, deletedAtMs: null });
  expect(nameApart('Webcam, noon', [kept('Webcam, one'), null])).toBe('Webcam, noon');
  expect(nameApart('Webcam, noon', [kept('Webcam, noon')])).toBe('Webcam, noon (2)');
  expect(nameApart('Webcam, noon', [kept('Webcam, noon'), kept('Webcam, noon (2)')])).toBe('Webcam, noon (3)');
  expect(nameApart('Webcam, noon', [{ name: 'Webcam, noon', deletedAtMs: 1 }])).toBe('Webcam, noon');
});
