import { useEffect, useRef, useState, type Ref } from 'react';
import { Button } from './Button';
import { t } from '../../words/i18n';
import { offerUndo } from './undo-key';
import styles from './UndoBar.module.css';

interface Props {
  readonly ref?: Ref<HTMLDivElement>;
  /** What was done. */
  readonly words: string;
  /** Another one than before: something else was done since, perhaps in the same words. Default: the words. */
  readonly done?: unknown;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** The way back after something was removed; Ctrl+Z takes it too, where nothing else was done since. */
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
