import { useEffect, useRef, useState, type Ref } from 'react';
import { Button } from './Button';
import { t } from '../../words/i18n';
import { offerUndo } from './undo-key';
import styles from './UndoBar.module.css';

interface Props {
  readonly ref?: Ref<HTMLDivElement>;
  /** Describes the action. */
  readonly words: string;
  /** Changes with each action, even if its words are the same. Default: the words. */
  readonly done?: unknown;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** Offers to undo a removal; Ctrl+Z works too if it was the last action. */
export function UndoBar({ ref, words, done = words, onUndo, onDismiss }: Props) {
  const marker = useRef<HTMLSpanElement>(null);
  const [last, setLast] = useState({ done, turn: 0 });
  if (!Object.is(last.done, done)) setLast({ done, turn: last.turn + 1 });
  const latest = useRef(onUndo);
  useEffect(() => {
    latest.current = onUndo;
  });
  useEffect(() => offerUndo({ place: () => marker.current, undo: () => latest.current() }), [done]);
  return (
    <div ref={ref} className={styles['undo']} role="status" data-way-back={last.turn} data-unprinted>
      <span ref={marker}>{words}</span>
      <Button variant="quiet" onPress={onUndo}>
        {t('Undo')}
      </Button>
      <Button variant="quiet" onPress={onDismiss}>
        {t('Dismiss')}
      </Button>
    </div>
  );
}
