import { useSyncExternalStore } from 'react';
import { broughtModel } from '../../app/files/brought-model';
import { goTo } from '../../app/navigation';
import { t } from '../../words/i18n';
import { Button } from './Button';
import styles from './BroughtModelNotice.module.css';

/** Says that what was dropped is a model, and leads to where models are brought. */
export function BroughtModelNotice() {
  const files = useSyncExternalStore(broughtModel.subscribe, broughtModel.getSnapshot);
  const [first] = files ?? [];
  if (!first) return null;
  return (
    <section className={styles['notice']} aria-label={first.name}>
      <p role="status">{t('{name} is a model that reads faces. In the Lab it is tried, and can then read them here, too.', { name: first.name })}</p>
      <div className={styles['actions']}>
        <Button variant="primary" onPress={() => goTo('lab', 'models')}>
          {t('Take it into the Lab')}
        </Button>
        <Button onPress={() => broughtModel.set(null)}>{t('Dismiss')}</Button>
      </div>
    </section>
  );
}
