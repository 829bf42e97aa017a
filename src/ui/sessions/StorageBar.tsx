import { useState } from 'react';
import { Button } from '../shared/Button';
import { ConfirmDialog } from '../shared/ConfirmDialog';
import { describeUse } from '../../words/session';
import { t } from '../../words/i18n';
import styles from './sessions.module.css';
import type { SessionsOnDevice } from './use-sessions';

interface Props {
  readonly sessions: SessionsOnDevice;
  readonly onDeleteAll: () => void;
}

/** Storage used by sessions, with a button to delete them all. */
export function StorageBar({ sessions, onDeleteAll }: Props) {
  const [asking, setAsking] = useState(false);
  const { length } = sessions.sessions;
  return (
    <footer className={styles['storage']}>
      <p>{describeUse(sessions.sessions, sessions.use)}</p>
      <Button variant="quiet" onPress={() => setAsking(true)}>
        {t('Delete all sessions')}
      </Button>
      {asking && (
        <ConfirmDialog title={t('Delete all sessions?')} action={t('Delete all')} onConfirm={onDeleteAll} onClose={() => setAsking(false)}>
          <p>
            {t('{count, plural, =1 {One session on this device, with its markers and videos,} one {All # session on this device, with their markers and videos,} other {All # sessions on this device, with their markers and videos,}} will be gone for good. What is being recorded now, here or in another tab, is kept.', {
              count: length,
            })}
          </p>
        </ConfirmDialog>
      )}
    </footer>
  );
}
