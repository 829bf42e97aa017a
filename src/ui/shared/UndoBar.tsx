import { useEffect, useRef, type Ref } from 'react';
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

/** The way back after something was removed; Ctrl+Z takes it too. */
export function UndoBar({ ref, words, onUndo, onDismiss }: Props) {
  const marker = useRef<HTMLSpanElement>(null);
  const latest = useRef(onUndo);
  useEffect(() => {
    latest.current = onUndo;
  });
  useEffect(() => {
    const undo = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'z') return;
      // A field undoes its own text, and a place that is hidden nothing.
      const isTyping = event.target instanceof Element && event.target.closest('input:not([type="checkbox"]), textarea, [contenteditable]') !== null;
      if (isTyping || marker.current?.closest('[inert]') !== null) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', undo);
    return () => removeEventListener('keydown', undo);
  }, []);
  return (
    <div ref={ref} className={styles['undo']} role="status" data-unprinted>
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
