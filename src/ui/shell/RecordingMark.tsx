import { useSyncExternalStore } from 'react';
import { isRecordingLive } from '../../app/live/recording-state';
import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './RecordingMark.module.css';

/** A link in the header back to the webcam, shown while it is recording and another place is open. */
export function RecordingMark({ isHome }: { readonly isHome: boolean }) {
  const isRecording = useSyncExternalStore(isRecordingLive.subscribe, isRecordingLive.getSnapshot);
  if (isHome || !isRecording) return null;
  return (
    <span className={styles['mark']} data-recording-mark>
      <Button variant="quiet" aria-label={t('Recording webcam')} onPress={() => goTo('live')}>
        <span className={styles['dot']} aria-hidden="true" />
        <span>{t('Recording')}</span>
      </Button>
    </span>
  );
}
