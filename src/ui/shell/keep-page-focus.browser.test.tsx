import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
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
          done={gone}
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
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  cleanUps.push(() => {
    root.unmount();
    place.remove();
  });
  flushSync(() => root.render(content));
}

/** Waits longer than the focus takes to move. */
async function framesLater(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);
}

const focused = () => document.activeElement?.textContent ?? '';

test('moves the focus from a deleted row to the next one, or to the previous one after the last', async () => {
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

test('moves the focus to the undo button, and from there to the restored row', async () => {
  show(<Rows undoes />);
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Undo');
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Delete b');
});

test('moves the focus to the undo button again if its text is the same as before', async () => {
  show(<Rows undoes />);
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Undo');
  await userEvent.tab({ shift: true });
  expect(focused()).toBe('Delete c');
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Undo');
});

test('leaves the focus alone after a mouse press, so that Space does not delete the next row', async () => {
  show(<Rows undoes={false} />);
  await userEvent.click(page.getByText('Delete a'));
  await framesLater();
  expect(document.activeElement).toBe(document.body);
  await userEvent.keyboard(' ');
  const beside = document.createElement('p');
  document.body.append(beside);
  cleanUps.push(() => beside.remove());
  await framesLater();
  expect(document.activeElement).toBe(document.body);
  expect(page.getByText('Delete b').query()).not.toBeNull();
});

test('moves the focus even if the page changes all the time', async () => {
  show(<Rows undoes={false} />);
  const busy = document.createElement('p');
  document.body.append(busy);
  let frame = 0;
  const change = () => {
    busy.replaceChildren(document.createElement('b'));
    frame = requestAnimationFrame(change);
  };
  change();
  cleanUps.push(() => {
    cancelAnimationFrame(frame);
    busy.remove();
  });
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Delete b');
});

test('opens no menu from a button that is disabled while focused', async () => {
  function Files() {
    const [isBusy, setBusy] = useState(false);
    return (
      <MenuTrigger>
        <Button isDisabled={isBusy} onFocus={() => setBusy(true)}>
          Download
        </Button>
        <Popover>A menu</Popover>
      </MenuTrigger>
    );
  }
  show(<Files />);
  await userEvent.tab();
  await expect.poll(() => document.activeElement?.getAttribute('aria-disabled')).toBe('true');
  await userEvent.keyboard('{Enter} {ArrowDown}');
  await userEvent.click(page.getByText('Download'), { force: true, timeout: 2000 });
  await framesLater();
  expect(page.getByText('A menu').query()).toBeNull();
  expect(focused()).toBe('Download');
});

test('keeps the focus on a button that has reached its limit and does nothing', async () => {
  show(<Zoom />);
  await userEvent.tab();
  await userEvent.keyboard('{Enter}{Enter}{Enter}{Enter}');
  await expect.poll(focused).toBe('Larger than 2');
  expect(document.activeElement?.getAttribute('aria-disabled')).toBe('true');
});
