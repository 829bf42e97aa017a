import type { ComponentProps } from 'react';
import { dataSession } from '../../app/lab/data-session';
import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './lab.module.css';
import { Outline } from './Outline';

interface Props {
  readonly title: string;
  readonly lead: string;
  /** Results that the page will offer once there are faces. */
  readonly outcomes: ComponentProps<typeof Outline>['rows'];
}

/** Placeholder for pages that need labelled faces while there are none. */
export function NeedsData({ title, lead, outcomes }: Props) {
  const tryDrawn = () => {
    void dataSession.chooseDrawn();
    goTo('lab', 'data');
  };
  return (
    <section className={`${styles['drop']} ${styles['section']}`} aria-label={title}>
      <h2>{title}</h2>
      <p className={styles['lead']}>{lead}</p>
      <div className={styles['actions']}>
        <Button variant="primary" onPress={() => goTo('lab', 'data')}>
          {t('Choose labelled faces')}
        </Button>
        <Button onPress={tryDrawn}>{t('Try drawn faces')}</Button>
      </div>
      <Outline rows={outcomes} />
    </section>
  );
}
