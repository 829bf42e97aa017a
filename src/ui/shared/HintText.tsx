import type { RefObject } from 'react';
import { Tooltip, TooltipTriggerStateContext } from 'react-aria-components/Tooltip';
import type { TooltipTriggerState } from 'react-stately/useTooltipTriggerState';
import styles from './Hint.module.css';

interface Props {
  readonly id?: string;
  readonly state: TooltipTriggerState;
  readonly triggerRef: RefObject<HTMLElement | null>;
  readonly hint: string;
  readonly shortcut: string | null;
}

export function HintText({ hint, shortcut, state, ...props }: Props) {
  return (
    <TooltipTriggerStateContext.Provider value={state}>
      <Tooltip {...props} className={styles['hint'] ?? ''} placement="top" offset={6}>
        {hint}
        {shortcut && <kbd className={styles['key']}>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTriggerStateContext.Provider>
  );
}
