import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { EXPRESSIONS, toProbabilities } from '../../engine/labels';
import { classifiedFace, frameOf } from '../../session/observation-fixture';
import { ObservationStore } from '../../session/observation-store';
import { RecordingResults } from './RecordingResults';

test('shows one line instead of strip, curves and statistics for a model without any of the seven expressions', async () => {
  const store = new ObservationStore();
  const even = toProbabilities(EXPRESSIONS.map(() => 1 / EXPRESSIONS.length));
  for (let i = 0; i < 50; i++) store.append(frameOf(i * 100, { ...classifiedFace(1, 'angry', 1 / 7, true), smoothed: even, raw: even }));
  store.end(null);
  const page = document.createElement('div');
  document.body.append(page);
  const root = createRoot(page);
  const playhead = { timeMs: 0, seek: () => undefined, subscribe: () => () => undefined };
  flushSync(() =>
    root.render(
      <RecordingResults store={store} whole={{ fromMs: 0, toMs: 4900 }} intervalMs={100} playhead={playhead} editor={null} picked={null} onPick={() => undefined} title="clip" nobody={null} />,
    ),
  );
  await expect.poll(() => page.textContent).toContain('The model has none of the seven expressions, so there are no bars and no curve of them.');
  expect(page.textContent).toContain('Person A');
  expect(page.querySelector('canvas, table, [style*="--expression-"]')).toBeNull();
  expect(page.textContent).not.toContain('Mostly');
  root.unmount();
  page.remove();
});

test.each([
  ['no frame was read', 0, 'No frame was read.', false],
  ['frames were read, but showed nobody', 2, 'No face found', true],
])('tells that %s', async (_case, read, title, advises) => {
  const store = new ObservationStore();
  for (let i = 0; i < read; i++) store.append(frameOf(i * 100));
  for (let i = read; i < 3; i++) store.appendLeftOut({ timestampMs: i * 100, reason: 'failed' });
  store.end(300);
  const page = document.createElement('div');
  document.body.append(page);
  const root = createRoot(page);
  root.render(<RecordingResults store={store} whole={{ fromMs: 0, toMs: 300 }} intervalMs={100} playhead={null} editor={null} picked={null} onPick={() => undefined} nobody="Larger faces are found." />);
  await expect.poll(() => page.querySelector('h3')?.textContent).toBe(title);
  expect(page.textContent.includes('Larger faces are found.')).toBe(advises);
  root.unmount();
  page.remove();
});
