import { useSyncExternalStore } from 'react';
import { droppedModel } from '../../app/files/dropped-model';
import { goTo } from '../../app/navigation';
import { t } from '../../words/i18n';
import { Button } from './Button';
import styles from './DroppedModelNotice.module.css';

/** Tells the user that the dropped file is a model, and links to the place that imports models. */
export function DroppedModelNotice() {
  const files = useSyncExternalStore(droppedModel.subscribe, droppedModel.getSnapshot);
  const [first] = files ?? [];
  if (!first) return null;
  return (
    <section className={styles['notice']} aria-label={first.name}>
      <p role="status">{t('{name} is a model that reads faces. In the Lab it is tried, and can then read them here, too.', { name: first.name })}</p>
      <div className={styles['actions']}>
        <Button variant="primary" onPress={() => goTo('lab', 'models')}>
          {t('Take it into the Lab')}
        </Button>
        <Button onPress={() => droppedModel.set(null)}>{t('Dismiss')}</Button>
      </div>
    </section>
  );
}
