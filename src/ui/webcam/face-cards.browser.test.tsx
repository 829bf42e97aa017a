import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { EXPRESSIONS, toProbabilities } from '../../engine/labels';
import { classifiedFace } from '../../session/observation-fixture';
import { FaceCards } from './FaceCards';

test('marks relative values on a brief card, and contains no text that would only be hidden by style', () => {
  const page = document.createElement('div');
  document.body.append(page);
  const root = createRoot(page);
  const cards = [1, 2, 3].map((track) => ({ face: { ...classifiedFace(track, 'happy', 0.9), ...(track < 3 && { relative: true as const }) }, track, present: true }));
  flushSync(() => root.render(<FaceCards cards={cards} focused={1} isBrief onPick={() => undefined} onWhy={() => undefined} />));
  const texts = [...page.querySelectorAll('[data-testid="face-card"]')].map((card) => card.textContent);
  expect(texts).toEqual(['AHappy 90%relative to their neutral face', 'BHappy 90%relative', 'CHappy 90%']);
  root.unmount();
  page.remove();
});

test('offers "Why?" only in an opened card, and enables it only while frames are read', () => {
  const page = document.createElement('div');
  document.body.append(page);
  const root = createRoot(page);
  const asked: unknown[] = [];
  const face = classifiedFace(1, 'happy', 0.9);
  const show = (onWhy: ((track: number) => void) | null) =>
    flushSync(() => root.render(<FaceCards cards={[{ face, track: 1, present: true }]} focused={1} isBrief={false} onPick={() => undefined} onWhy={onWhy} />));
  const why = () => page.querySelector<HTMLButtonElement>('[aria-label^="Why?"]');
  const press = (button: HTMLElement | null) => flushSync(() => button?.click());
  show((track) => asked.push(track));
  const bars = page.querySelector<HTMLElement>('[aria-expanded]');
  if (bars?.ariaExpanded === 'true') press(bars);
  expect(why()).toBeNull();
  press(bars);
  press(why());
  expect(asked).toEqual([1]);
  show(null);
  expect(why()?.disabled).toBe(true);
  root.unmount();
  page.remove();
});

test('shows one line instead of bars for a model without any of the seven expressions', () => {
  const page = document.createElement('div');
  document.body.append(page);
  const root = createRoot(page);
  const even = toProbabilities(EXPRESSIONS.map(() => 1 / EXPRESSIONS.length));
  const face = { ...classifiedFace(1, 'angry', 0.9), smoothed: even, uncertain: true, concerns: [{ kind: 'other-class', value: 0.8, name: 'tongue out' }] as const };
  flushSync(() => root.render(<FaceCards cards={[{ face, track: 1, present: true }]} focused={1} isBrief={false} onPick={() => undefined} onWhy={() => undefined} />));
  expect(page.textContent).toBe('Person ATongue out 80%A class of the model’s own. The model has none of the seven expressions, so there are no bars and no curve of them.');
  expect(page.querySelector('button, table, [style*="--expression-"]')).toBeNull();
  root.unmount();
  page.remove();
});
