import { useId } from 'react';
import type { LibraryModel } from '../../app/lab/zoo-models';
import { t } from '../../words/i18n';
import styles from './lab.module.css';

interface Props {
  readonly label: string;
  readonly models: readonly LibraryModel[];
  /** A model's id; `mien` for Mien's own, empty for none. */
  readonly value: string;
  readonly canBeNone?: boolean;
  readonly onChange: (value: string) => void;
}

export function ModelSelect({ label, models, value, canBeNone = false, onChange }: Props) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        {canBeNone && <option value="">{t('none')}</option>}
        <option value="mien">{t('Mien’s own')}</option>
        {models.map((model) => (
          <option key={model.id} value={model.id}>
            {model.name}
          </option>
        ))}
      </select>
    </div>
  );
}
