import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Button } from './Button';
import { Message } from './Message';
import { t } from '../../words/i18n';
import styles from './SessionDownloads.module.css';
import type { FileWritingState } from './use-file-writing';

interface Props {
  readonly state: FileWritingState;
  /** Names the work for screen readers. Default: a file is written. */
  readonly label?: string;
  readonly onCancel: () => void;
}

/** Progress of slow work on a file, or the error that ended it. */
export function FileWriting({ state, label = t('Writing the file'), onCancel }: Props) {
  if (state.status === 'failed') return <Message error={state.error} />;
  if (state.status === 'idle' || !state.shown) return null;
  return (
    <>
      <ProgressBar className={styles['progress'] ?? ''} aria-label={label} value={state.share} maxValue={1}>
        <div style={{ transform: `scaleX(${state.share})` }} />
      </ProgressBar>
      <Button variant="quiet" onPress={onCancel}>
        {t('Cancel')}
      </Button>
    </>
  );
}
