import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useKeptFocus } from './use-kept-focus';

const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

function View({ hasButton }: { readonly hasButton: boolean }) {
  const view = useRef<HTMLDivElement>(null);
  useKeptFocus(view, view, String(hasButton));
  return (
    <>
      <p>Beside everything</p>
      <div ref={view} tabIndex={-1} data-view>
        {hasButton && <button>Goes</button>}
      </div>
    </>
  );
}

function open(): (hasButton: boolean) => void {
  const page = document.createElement('div');
  document.body.append(page);
  const root = createRoot(page);
  cleanUps.push(() => {
    root.unmount();
    page.remove();
  });
  const show = (hasButton: boolean) => flushSync(() => root.render(<View hasButton={hasButton} />));
  show(true);
  return show;
}

const element = (selector: string) => document.querySelector(selector) ?? document.body;

test('restores the focus when a button pressed by key is removed', async () => {
  const show = open();
  await userEvent.tab();
  expect(document.activeElement).toBe(element('button'));
  await userEvent.keyboard('{Enter}');
  show(false);
  await expect.poll(() => document.activeElement).toBe(element('[data-view]'));
});

test.each(['button', 'p'])('after a click on a %s nothing takes the focus', async (pressed) => {
  const show = open();
  await userEvent.click(element('button'));
  await userEvent.click(element(pressed));
  show(false);
  await new Promise(requestAnimationFrame);
  expect(document.activeElement).toBe(document.body);
});
