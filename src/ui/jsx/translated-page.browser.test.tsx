import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import type { FaceCard } from '../../app/live/faces-view';
import { classifiedFace } from '../../session/observation-fixture';
import { Button } from '../shared/Button';
import { FaceCards } from '../webcam/FaceCards';
import { PlayIcon } from '../webcam/icons';

/** Simulates a browser's page translation, which replaces every text node by an element of its own. */
function translate(root: HTMLElement): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const font = document.createElement('font' as string);
    text.replaceWith(font);
    font.append(document.createTextNode(text.data));
  }
}

test('updates a translated card from uncertain to an expression and back', () => {
  const page = document.createElement('div');
  document.body.append(page);
  const errors: unknown[] = [];
  const root = createRoot(page, { onUncaughtError: (error) => errors.push(error) });
  const show = (...cards: FaceCard[]) => {
    flushSync(() => root.render(<FaceCards cards={cards} focused={1} isBrief={false} onPick={() => undefined} onWhy={() => undefined} />));
    translate(page);
  };
  const uncertain = { face: classifiedFace(1, 'sad', 0.3, true), track: 1, present: true };
  const happy = { face: classifiedFace(1, 'happy', 0.9), track: 1, present: true };
  for (const cards of [[uncertain], [happy], [uncertain], [happy, { ...uncertain, track: 2 }], [happy]]) show(...cards);
  expect(errors).toEqual([]);
  expect(page.querySelector('h4')?.textContent).toMatch(/^Person A\s*Happy\s*90%$/);
  root.unmount();
  expect(page.textContent).toBe('');
  page.remove();
});

test('updates a translated button\'s text, and replaces it by an icon', () => {
  const page = document.createElement('div');
  document.body.append(page);
  const errors: unknown[] = [];
  const root = createRoot(page, { onUncaughtError: (error) => errors.push(error) });
  const shown: string[] = [];
  for (const words of ['Start', 'Stop', <PlayIcon key="icon" />, 'Start']) {
    flushSync(() => root.render(<Button>{words}</Button>));
    shown.push(page.textContent);
    translate(page);
  }
  expect(errors).toEqual([]);
  expect(shown).toEqual(['Start', 'Stop', '', 'Start']);
  root.unmount();
  page.remove();
});
