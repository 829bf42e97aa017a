import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import styles from './controls.module.css';

interface Props {
  readonly hint: string;
  readonly shortcut: string | null;
  /** The control, one. */
  readonly children: ReactNode;
}

/** A control with a word on what it does, and its key. */
export function ControlTooltip({ hint, shortcut, children }: Props) {
  return (
    <TooltipTrigger delay={500}>
      {children}
      <Tooltip className={styles['tooltip'] ?? ''} placement="top" offset={6}>
        {hint}
        {shortcut && <kbd className={styles['key']}>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
