import { useRef, type ReactNode } from 'react';
import { useOverflow } from './use-overflow';
import styles from './TableFrame.module.css';

interface Props {
  /** Names the frame, which the keyboard scrolls. */
  readonly label: string;
  /** Figures are aligned at their ends, in all columns but the first. */
  readonly holds?: 'figures' | 'words';
  /** Of a table that looks like no other. */
  readonly className?: string | undefined;
  /** Of the table. */
  readonly children: ReactNode;
}

/** A table that scrolls sideways in its own frame where it is wider, and fades towards what is out of view. */
export function TableFrame({ label, holds = 'figures', className, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  useOverflow(frame);
  return (
    <div ref={frame} className={styles['frame']} tabIndex={0} role="group" aria-label={label}>
      <table className={className ?? [styles['table'], styles[holds]].join(' ')}>{children}</table>
    </div>
  );
}
