import { useSyncExternalStore } from 'react';
import { arePhotosKept } from '../../app/photo/kept-photos';
import { keptPhotos } from '../../app/photo/page-photos';
import { photoSession } from '../../app/photo/photo-session';
import { goTo } from '../../app/navigation';
import { areVideosNoted, keptVideoCount } from '../../app/read/lost-videos';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './KeptPhotosCard.module.css';

const MOST_PICTURES = 5;

/** Counts the photos and videos stored in Read, which stay until removed there, and those not stored. After a reload, opening Read restores them. */
export function KeptPhotosCard() {
  const { items } = useSyncExternalStore(photoSession.subscribe, photoSession.getSnapshot);
  const unkept = useSyncExternalStore(keptPhotos.unkept.subscribe, keptPhotos.unkept.getSnapshot)?.count ?? 0;
  const videos = useSyncExternalStore(keptVideoCount.subscribe, keptVideoCount.getSnapshot);
  // Missing photos have only their names stored, because a reload came before their files were.
  const present = items.filter(({ missing }) => missing === null);
  const words = [wordUnkept(unkept), wordKept(items.length, present.length - unkept), wordVideos(videos)].filter((each) => each !== null);
  if (words.length === 0) return null;
  const pictures = present.flatMap(({ id, thumbnail }) => (thumbnail === null ? [] : [{ id, url: thumbnail.url }])).slice(0, MOST_PICTURES);
  return (
    <section className={styles['card']} aria-label={t('What is kept in Read')}>
      {pictures.length > 0 && (
        <div className={styles['pictures']}>
          {pictures.map(({ id, url }) => (
            <img key={id} src={url} alt="" />
          ))}
        </div>
      )}
      <p>{words.join(' ')}</p>
      <Button variant="quiet" onPress={() => goTo('read')}>
        {t('Open in Read')}
      </Button>
    </section>
  );
}

function wordUnkept(count: number): string | null {
  return count > 0 ? t('{count, plural, one {# photo is open in Read; closing this page loses it.} other {# photos are open in Read; closing this page loses them.}}', { count }) : null;
}

function wordKept(open: number, count: number): string | null {
  if (count > 0) return t('{count, plural, one {# photo is kept in Read, until you remove it there.} other {# photos are kept in Read, until you remove them there.}}', { count });
  if (open > 0) return null;
  return arePhotosKept() ? t('Photos of your last visit are kept in Read, until you remove them there.') : null;
}

/** `count` is null until Read was opened. */
function wordVideos(count: number | null): string | null {
  if (count === null) return areVideosNoted() ? t('Videos of your last visit wait in Read, until they are analysed or you remove them there.') : null;
  return count > 0
    ? t('{count, plural, one {# video is kept in Read, until it is analysed or you remove it there.} other {# videos are kept in Read, until they are analysed or you remove them there.}}', { count })
    : null;
}
