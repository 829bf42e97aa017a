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

/** A row of tabs; on a phone, it scrolls sideways and keeps the selected tab in view. */
export function TabRow({ label, selected, children }: Props) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (row.current) showSelected(row.current);
  }, [selected]);
  // Covers rotation of the screen.
  useOverflow(row, showSelected);
  return (
    <TabList ref={row} className={styles['tabs'] ?? ''} aria-label={label} data-unprinted>
      {children}
    </TabList>
  );
}

/** Scrolls only the row; `scrollIntoView` would move the page too. */
function showSelected(row: HTMLElement): void {
  const tab = row.querySelector('[aria-selected="true"]')?.getBoundingClientRect();
  const { left, right } = row.getBoundingClientRect();
  if (tab) row.scrollLeft += Math.max(0, tab.right + EDGE - right) - Math.max(0, left + EDGE - tab.left);
}

/** Space beside the selected tab, so that part of the next one is visible, pixels. */
const EDGE = 32;
