import type { Sensitivity } from '../../engine/mixing';
import type { ModelIdentity } from '../../engine/types';
import { formatList } from '../../words/format';
import { t } from '../../words/i18n';
import { SENSITIVITY_NAMES } from '../../words/sensitivity';
import styles from './ReadBy.module.css';

interface Props {
  readonly model: Pick<ModelIdentity, 'id' | 'version'>;
  /** Sensitivity of everything on the page; null or absent if unknown or if the model has none. */
  readonly sensitivities: readonly (Sensitivity | null | undefined)[];
}

/** Print only: names the model and its sensitivity, and states what its results mean. */
export function ReadBy({ model: { id, version }, sensitivities }: Props) {
  const names = [...new Set(sensitivities)].flatMap((sensitivity) => (sensitivity ? t(SENSITIVITY_NAMES[sensitivity]) : []));
  return (
    <p className={styles['note']}>
      {t('Read by Mien, model {id} {version}. It names expressions, not feelings, and is wrong at times.', { id, version })}
      {names.length > 0 && ` ${t('Sensitivity: {names}.', { names: formatList(names) })}`}
    </p>
  );
}
