import type { ModelIdentity } from '../../engine/types';
import { t } from '../../words/i18n';
import styles from './ReadBy.module.css';

/** On paper only: what read what is shown, and what that means. */
export function ReadBy({ model: { id, version } }: { readonly model: Pick<ModelIdentity, 'id' | 'version'> }) {
  return <p className={styles['note']}>{t('Read by Mien, model {id} {version}. It names expressions, not feelings, and is wrong at times.', { id, version })}</p>;
}
