import type { MienError } from '../../engine/errors';
import { Button } from '../shared/Button';
import { CopyDetails } from '../shared/CopyDetails';
import { AlertIcon } from '../shared/icons';
import { wordError } from '../../words/errors';
import { ChooseFiles } from '../read/AddFiles';
import { t } from '../../words/i18n';
import styles from './PhotoFailure.module.css';

interface Props {
  readonly error: MienError;
  readonly onFiles: (files: readonly File[]) => void;
  /** Null if another attempt would fail in the same way. */
  readonly onRetry: (() => void) | null;
}

/** Replaces the picture: the reason for the failure, and what to do. */
export function PhotoFailure({ error, onFiles, onRetry }: Props) {
  const { title, advice } = wordError(error);
  return (
    <div className={styles['failure']}>
      <div role="alert">
        <span className={styles['icon']}>
          <AlertIcon />
        </span>
        <h3>{title}</h3>
        <p>{advice}</p>
      </div>
      {onRetry ? (
        <Button variant="primary" onPress={onRetry}>
          {t('Try again')}
        </Button>
      ) : (
        <ChooseFiles variant="primary" onFiles={onFiles}>
          {t('Choose another picture')}
        </ChooseFiles>
      )}
      <CopyDetails error={error} />
    </div>
  );
}
