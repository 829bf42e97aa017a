import type { Ref } from 'react';
import { Button } from './Button';
import { t } from '../../words/i18n';
import styles from './UndoBar.module.css';

interface Props {
  readonly ref?: Ref<HTMLDivElement>;
  /** What was done. */
  readonly words: string;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** The way back after something was removed. */
export function UndoBar({ ref, words, onUndo, onDismiss }: Props) {
  return (
    <div ref={ref} className={styles['undo']} role="status">
      <span>{words}</span>
      <Button variant="quiet" onPress={onUndo}>
        {t('Undo')}
      </Button>
      <Button variant="quiet" onPress={onDismiss}>
        {t('Dismiss')}
      </Button>
    </div>
  );
}
