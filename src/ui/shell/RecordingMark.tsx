import { useSyncExternalStore } from 'react';
import { liveRecording } from '../../app/live/recording-state';
import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './RecordingMark.module.css';

/** A link in the header back to the webcam, shown in other places while it is recording or after that has ended by itself. */
export function RecordingMark({ isHome }: { readonly isHome: boolean }) {
  const recording = useSyncExternalStore(liveRecording.subscribe, liveRecording.getSnapshot);
  if (isHome || recording === 'off') return null;
  const hasEnded = recording === 'ended';
  return (
    <span className={styles['mark']} data-recording-mark>
      <Button variant="quiet" aria-label={hasEnded ? t('Recording ended') : t('Recording webcam')} onPress={() => goTo('live')}>
        <span className={styles['dot']} data-ended={hasEnded || undefined} aria-hidden="true" />
        <span>{hasEnded ? t('Ended') : t('Recording')}</span>
      </Button>
    </span>
  );
}
