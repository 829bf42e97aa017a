import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { classifiedFace } from '../../session/observation-fixture';
import { FaceCards } from './FaceCards';

test('a brief card says that it is relative, and has no words that another style would show over its own', () => {
  const page = document.createElement('div');
  document.body.append(page);
  const root = createRoot(page);
  const cards = [1, 2, 3].map((track) => ({ face: { ...classifiedFace(track, 'happy', 0.9), ...(track < 3 && { relative: true as const }) }, track, present: true }));
  flushSync(() => root.render(<FaceCards cards={cards} focused={1} isBrief onPick={() => undefined} />));
  const texts = [...page.querySelectorAll('[data-testid="face-card"]')].map((card) => card.textContent);
  expect(texts).toEqual(['AHappy 90%relative to their neutral face', 'BHappy 90%relative', 'CHappy 90%']);
  root.unmount();
  page.remove();
});
