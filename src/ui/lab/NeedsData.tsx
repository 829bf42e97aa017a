import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './lab.module.css';

/** Where labelled faces are needed and there are none yet. */
export function NeedsData({ children }: { readonly children: string }) {
  return (
    <div className={styles['drop']}>
      <p className={styles['lead']}>{children}</p>
      <div className={styles['actions']}>
        <Button variant="primary" onPress={() => goTo('lab', 'data')}>
          {t('Choose labelled faces')}
        </Button>
      </div>
    </div>
  );
}
