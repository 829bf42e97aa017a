import { useSyncExternalStore } from 'react';
import { keptPhotos } from '../../app/photo/page-photos';
import { dismissLostFolders, lostFolders } from '../../app/read/lost-folders';
import { dismissLostVideos, lostVideos } from '../../app/read/lost-videos';
import { photoSession } from '../../app/photo/photo-session';
import type { PhotoQueue } from '../../app/photo/photo-queue';
import { formatList } from '../../words/format';
import { t } from '../../words/i18n';
import { Button } from '../shared/Button';
import { AddFiles } from './AddFiles';
import styles from './KeepingNotices.module.css';

interface Props {
  readonly photos: PhotoQueue;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Reports files lost in a reload, and files that the next reload would lose. */
export function KeepingNotices({ photos: { items }, onFiles }: Props) {
  const unkept = useSyncExternalStore(keptPhotos.unkept.subscribe, keptPhotos.unkept.getSnapshot);
  const videos = useSyncExternalStore(lostVideos.subscribe, lostVideos.getSnapshot);
  const folders = useSyncExternalStore(lostFolders.subscribe, lostFolders.getSnapshot);
  const missing = items.filter((photo) => photo.missing !== null);
  return (
    <>
      {missing.length > 0 && (
        <section className={styles['notice']} aria-label={t('Photos to be chosen again')} data-unprinted>
          <p>
            <strong>{t('{missing} of {total, plural, one {# photo} other {# photos}} must be chosen again.', { missing: missing.length, total: items.length })}</strong>{' '}
            {t('The page was closed before their files were stored in this browser. Choose them or their folder: what was read already is recognised and skipped.')}
          </p>
          <Names of={missing.map(({ name }) => name)} />
          <div className={styles['actions']}>
            <AddFiles again onFiles={onFiles} />
            <Button variant="quiet" onPress={() => photoSession.dispatch({ type: 'remove', ids: missing.map(({ id }) => id) })}>
              {t('Leave them out')}
            </Button>
          </div>
        </section>
      )}
      {videos.length > 0 && (
        <section className={styles['notice']} aria-label={t('Videos to be chosen again')}>
          <p>
            <strong>{t('{count, plural, one {# video was} other {# videos were}} still to be analysed when the page was closed.', { count: videos.length })}</strong>{' '}
            {t('Choose them again to go on. What was analysed to the end is in the Library.')}
          </p>
          <Names of={videos.map(({ name }) => name)} />
          <div className={styles['actions']}>
            <AddFiles again onFiles={onFiles} />
            <Button variant="quiet" onPress={dismissLostVideos}>
              {t('Leave them out')}
            </Button>
          </div>
        </section>
      )}
      {folders.length > 0 && (
        <section className={styles['notice']} aria-label={t('Folders to be chosen again')}>
          <p>
            <strong>{t('The page was closed while it was looking through {folders}.', { folders: formatList(folders) })}</strong>{' '}
            {t('Drop or choose the same again: none of the files were listed.')}
          </p>
          <div className={styles['actions']}>
            <AddFiles again onFiles={onFiles} />
            <Button variant="quiet" onPress={dismissLostFolders}>
              {t('Leave them out')}
            </Button>
          </div>
        </section>
      )}
      {unkept && items.length > 0 && (
        <section className={styles['notice']} aria-label={t('Photos that are not stored')} data-unprinted>
          <p role="status">
            {unkept.reason === 'refused' && t('{count} of {total, plural, one {# photo} other {# photos}} cannot be kept over a reload here. They are read all the same; download the results before you close this page.', { count: unkept.count, total: items.length })}
            {unkept.reason === 'full' && t('There is no room in this browser to keep {count} of {total, plural, one {# photo} other {# photos}} over a reload. They are read all the same; download the results before you close this page.', { count: unkept.count, total: items.length })}
            {unkept.reason === 'denied' && t('This browser does not let photos be kept over a reload. They are read all the same; download the results before you close this page.')}
          </p>
        </section>
      )}
    </>
  );
}

function Names({ of }: { readonly of: readonly string[] }) {
  return (
    <details>
      <summary>{t('Show which')}</summary>
      <ul className={styles['names']}>
        {of.map((name, i) => (
          <li key={i}>
            <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}
