import { useRef, type ReactNode } from 'react';
import { useOverflow } from './use-overflow';
import styles from './TableFrame.module.css';

interface Props {
  /** Accessible name of the frame, which can be scrolled by keyboard. */
  readonly label: string;
  /** `figures` are end-aligned in all columns except the first. */
  readonly holds?: 'figures' | 'words';
  /** For tables with a style of their own. */
  readonly className?: string | undefined;
  /** The table's content. */
  readonly children: ReactNode;
}

/** A table that scrolls horizontally in its own frame if it is too wide, with faded edges where content is hidden. */
export function TableFrame({ label, holds = 'figures', className, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  useOverflow(frame);
  return (
    <div ref={frame} className={styles['frame']} tabIndex={0} role="group" aria-label={label}>
      <table className={className ?? [styles['table'], styles[holds]].join(' ')}>{children}</table>
    </div>
  );
}
