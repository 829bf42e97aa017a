import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Button } from '../shared/Button';
import { UndoBar } from '../shared/UndoBar';
import { keepPageFocus } from './keep-page-focus';

const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

function Rows({ undoes }: { readonly undoes: boolean }) {
  useEffect(keepPageFocus, []);
  const [rows, setRows] = useState(['a', 'b', 'c']);
  const [gone, setGone] = useState('');
  return (
    <main id="main" tabIndex={-1}>
      <input aria-label="Search" />
      <ul>
        {rows.map((row) => (
          <li key={row}>
            <Button
              onPress={() => {
                setRows(rows.filter((each) => each !== row));
                setGone(row);
              }}
            >
              {`Delete ${row}`}
            </Button>
          </li>
        ))}
      </ul>
      {undoes && gone !== '' && (
        <UndoBar
          words="Gone"
          onUndo={() => {
            setRows([...rows, gone].sort());
            setGone('');
          }}
          onDismiss={() => setGone('')}
        />
      )}
    </main>
  );
}

function Zoom() {
  const [size, setSize] = useState(0);
  return (
    <Button isDisabled={size === 2} onPress={() => setSize(size + 1)}>
      {`Larger than ${size}`}
    </Button>
  );
}

function show(content: React.ReactNode): void {
  const page = document.createElement('div');
  document.body.append(page);
  const root = createRoot(page);
  cleanUps.push(() => {
    root.unmount();
    page.remove();
  });
  flushSync(() => root.render(content));
}

const focused = () => document.activeElement?.textContent ?? '';

test('the focus of a row that is deleted goes to the next one, and behind the last to the one before', async () => {
  show(<Rows undoes={false} />);
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.tab();
  expect(focused()).toBe('Delete b');
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Delete c');
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Delete a');
});

test('it goes to the way back, and from there to what came back', async () => {
  show(<Rows undoes />);
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Undo');
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Delete b');
});

test('a button that is at its end keeps it, and does nothing', async () => {
  show(<Zoom />);
  await userEvent.tab();
  await userEvent.keyboard('{Enter}{Enter}{Enter}{Enter}');
  await expect.poll(focused).toBe('Larger than 2');
  expect(document.activeElement?.getAttribute('aria-disabled')).toBe('true');
});
