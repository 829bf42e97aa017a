import { useSyncExternalStore } from 'react';
import { isRecordingLive } from '../../app/live/recording-state';
import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './RecordingMark.module.css';

/** While the webcam is being recorded and another place is shown: a mark in the header that leads back. */
export function RecordingMark({ isHome }: { readonly isHome: boolean }) {
  const isRecording = useSyncExternalStore(isRecordingLive.subscribe, isRecordingLive.getSnapshot);
  if (isHome || !isRecording) return null;
  return (
    <span className={styles['mark']}>
      <Button variant="quiet" aria-label={t('Recording webcam')} onPress={() => goTo('live')}>
        <span className={styles['dot']} aria-hidden="true" />
        <span>{t('Recording')}</span>
      </Button>
    </span>
  );
}
