import { goTo } from '../../app/navigation';
import { ChooseFiles } from '../read/AddFiles';
import { useReadingList } from '../read/use-reading-list';
import { Button } from '../shared/Button';
import { CameraIcon } from '../shared/icons';
import { t } from '../../words/i18n';
import { ImportButton } from './ImportSessions';
import styles from './sessions.module.css';

/** The library's empty state. */
export function EmptySessions() {
  const { add } = useReadingList();
  const openVideos = (files: readonly File[]) => {
    goTo('read', 'videos');
    add(files);
  };
  return (
    <section className={styles['empty']}>
      <h3>{t('No sessions yet')}</h3>
      <p>{t('Record with the camera or analyse a video: what every face showed over time is then kept here, on this device, until you delete it.')}</p>
      <div className={styles['actions']}>
        <Button variant="primary" onPress={() => goTo('live')}>
          <CameraIcon />
          {t('Use the camera')}
        </Button>
        <ChooseFiles variant="plain" onFiles={openVideos}>
          {t('Open a video file')}
        </ChooseFiles>
        <ImportButton />
      </div>
    </section>
  );
}
