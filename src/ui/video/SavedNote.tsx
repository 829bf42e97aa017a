import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import { wordError } from '../wording';
import type { SavedState } from './analysis-journal';
import styles from './ClipDetail.module.css';

/** Whether an analysis is kept on the device. */
export function SavedNote({ saved, onSave }: { readonly saved: SavedState; readonly onSave: () => void }) {
  switch (saved.how) {
    case 'empty':
      return null;
    case 'saving':
      return <p className={styles['hint']}>Saving…</p>;
    case 'saved':
      return <p className={styles['hint']}>Kept on this device, under Sessions.</p>;
    case 'failed':
      return (
        <Message wording={wordError(saved.error)}>
          <Button onPress={onSave}>Try to save again</Button>
        </Message>
      );
  }
}
