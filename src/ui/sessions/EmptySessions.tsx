import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import { ImportButton } from './ImportSessions';
import styles from './sessions.module.css';

/** The empty state of the library. */
export function EmptySessions() {
  return (
    <section className={styles['empty']}>
      <h3>{t('No sessions yet')}</h3>
      <p>
        {t('Record the webcam, or analyse a video file: expressions over time, of everybody in view, are kept here, with a small picture where you keep one. They stay on this device, until you delete them.')}
      </p>
      <div className={styles['actions']}>
        <Button variant="primary" onPress={() => goTo('live')}>
          {t('Go to the webcam')}
        </Button>
        <Button onPress={() => goTo('read')}>{t('Open a video file')}</Button>
        <ImportButton />
      </div>
    </section>
  );
}
