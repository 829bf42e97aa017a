import type { ModelIdentity } from '../../engine/types';
import { t } from '../../words/i18n';
import styles from './ReadBy.module.css';

/** Print only: names the model, and states what its results mean. */
export function ReadBy({ model: { id, version } }: { readonly model: Pick<ModelIdentity, 'id' | 'version'> }) {
  return <p className={styles['note']}>{t('Read by Mien, model {id} {version}. It names expressions, not feelings, and is wrong at times.', { id, version })}</p>;
}
