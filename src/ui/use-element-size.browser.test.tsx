import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expect, it, onTestFinished } from 'vitest';
import { useElementSize } from './use-element-size';

function View() {
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  return <div ref={box} style={{ height: 20 }}>{size?.width}</div>;
}

it('renders a new size before it is painted', async () => {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  onTestFinished(() => {
    root.unmount();
    place.remove();
  });
  place.style.width = '300px';
  flushSync(() => root.render(<View />));
  await expect.poll(() => place.textContent).toBe('300');
  // Observers are called in the order of their creation, and the browser paints after the last one.
  const seen = new Promise<string>((resolve) => {
    new ResizeObserver((_, observer) => {
      if (place.clientWidth !== 700) return;
      observer.disconnect();
      resolve(place.textContent);
    }).observe(place.firstElementChild ?? place);
  });
  place.style.width = '700px';
  expect(await seen).toBe('700');
});
