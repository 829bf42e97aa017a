import { useSyncExternalStore } from 'react';
import { arePhotosKept } from '../../app/photo/kept-photos';
import { photoSession } from '../../app/photo/photo-session';
import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './KeptPhotosCard.module.css';

const MOST_PICTURES = 5;

/** The photos that wait in Read, which are kept until they are removed there. After a reload, they come back once Read is opened. */
export function KeptPhotosCard() {
  const { items } = useSyncExternalStore(photoSession.subscribe, photoSession.getSnapshot);
  if (items.length === 0 && !arePhotosKept()) return null;
  const pictures = items.flatMap(({ id, thumbnail }) => (thumbnail === null ? [] : [{ id, url: thumbnail.url }])).slice(0, MOST_PICTURES);
  return (
    <section className={styles['card']} aria-label={t('Photos in Read')}>
      {pictures.length > 0 && (
        <div className={styles['pictures']}>
          {pictures.map(({ id, url }) => (
            <img key={id} src={url} alt="" />
          ))}
        </div>
      )}
      <p>
        {items.length === 0
          ? t('Photos of your last visit are kept in Read, until you remove them there.')
          : t('{count, plural, one {# photo is kept in Read, until you remove it there.} other {# photos are kept in Read, until you remove them there.}}', { count: items.length })}
      </p>
      <Button variant="quiet" onPress={() => goTo('read')}>
        {t('Open in Read')}
      </Button>
    </section>
  );
}
