import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import type { SavedState } from '../../app/video/clip-queue';
import { t } from '../../words/i18n';
import styles from './ClipDetail.module.css';

interface Props {
  readonly saved: SavedState;
  readonly sessionId: string;
  readonly onSave: () => void;
}

/** Tells whether an analysis is stored on the device. */
export function SavedNote({ saved, sessionId, onSave }: Props) {
  switch (saved.how) {
    case 'empty':
      return null;
    case 'saving':
      return <p className={styles['hint']}>{t('Saving…')}</p>;
    case 'saved':
      return (
        <p className={styles['saved']}>
          {t('Kept on this device.')}{' '}
          <Button variant="quiet" onPress={() => goTo('library', sessionId)}>
            {t('Open in the Library')}
          </Button>
        </p>
      );
    case 'failed':
      return (
        <Message error={saved.error}>
          <Button onPress={onSave}>{t('Try saving again')}</Button>
        </Message>
      );
  }
}
