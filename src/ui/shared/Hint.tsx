import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import styles from './Hint.module.css';

interface Props {
  readonly hint: string;
  /** The key that does the same. */
  readonly shortcut?: string | null;
  /** The control, one. */
  readonly children: ReactNode;
}

/** A control with a word on what it does: for a pointer that rests on it, and for the keyboard's focus. */
export function Hint({ hint, shortcut = null, children }: Props) {
  return (
    <TooltipTrigger delay={500}>
      {children}
      <Tooltip className={styles['hint'] ?? ''} placement="top" offset={6}>
        {hint}
        {shortcut && <kbd className={styles['key']}>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
