import type { ReactNode } from 'react';
import styles from './DropHint.module.css';

/** Covers the page while files are dragged over it. */
export function DropHint({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles['drop']} aria-hidden="true">
      <p>{children}</p>
    </div>
  );
}
