import type { ReactNode } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './lab.module.css';

interface Props {
  readonly label: string;
  /** Null while the total is unknown. */
  readonly share: number | null;
  readonly words: string;
  readonly onCancel: () => void;
  /** Actions besides Cancel. */
  readonly children?: ReactNode;
}

/** A progress card with a Cancel button. */
export function Progress({ label, share, words, onCancel, children }: Props) {
  return (
    <div className={styles['card']}>
      <p role="status">{words}</p>
      <ProgressBar className={styles['bar'] ?? ''} aria-label={label} {...(share === null ? { isIndeterminate: true } : { value: share, maxValue: 1 })}>
        <div className={styles['fill']} style={{ transform: `scaleX(${share ?? 0.3})` }} />
      </ProgressBar>
      <div className={styles['actions']}>
        {children}
        <Button onPress={onCancel}>{t('Cancel')}</Button>
      </div>
    </div>
  );
}
