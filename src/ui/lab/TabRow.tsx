import { useEffect, useRef, type ReactNode } from 'react';
import { TabList } from 'react-aria-components/Tabs';
import { useOverflow } from '../shared/use-overflow';
import styles from './lab.module.css';

interface Props {
  readonly label: string;
  /** Key of the selected tab. */
  readonly selected: string;
  readonly children: ReactNode;
}

/** A row of tabs, which on a phone scrolls sideways and keeps the selected one in view. */
export function TabRow({ label, selected, children }: Props) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (row.current) showSelected(row.current);
  }, [selected]);
  // Also when the screen is turned.
  useOverflow(row, showSelected);
  return (
    <TabList ref={row} className={styles['tabs'] ?? ''} aria-label={label} data-unprinted>
      {children}
    </TabList>
  );
}

/** Scrolls the row alone: `scrollIntoView` would move the page too. */
function showSelected(row: HTMLElement): void {
  const tab = row.querySelector('[aria-selected="true"]')?.getBoundingClientRect();
  const { left, right } = row.getBoundingClientRect();
  if (tab) row.scrollLeft += Math.max(0, tab.right + EDGE - right) - Math.max(0, left + EDGE - tab.left);
}

/** Kept free beside the selected tab, so that a part of the next one shows, pixels. */
const EDGE = 32;
