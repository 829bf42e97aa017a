import { ProgressBar } from 'react-aria-components/ProgressBar';
import type { LoadProgress } from '../../engine/types';
import { useEngine, useLoadProgress } from '../engine-context';
import { useSettings } from '../use-settings';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import { PartBoundary } from './PartBoundary';
import { type Phrase, msg, t } from '../../words/i18n';
import { formatPercent } from '../../words/format';
import styles from './EngineStatus.module.css';

/** Loading progress of the engine, in words and as a bar; renders nothing once the engine is ready. */
export function EngineStatus() {
  return (
    <PartBoundary>
      <Status />
    </PartBoundary>
  );
}

function Status() {
  const state = useEngine();
  const [{ modelId }, update] = useSettings();
  return (
    <div className={styles['status']} data-testid="engine-status" data-status={state.status}>
      <p className="visually-hidden" role="status">
        {state.status === 'loading' ? t('Getting ready to read faces') : state.status === 'ready' ? t('Ready to read faces') : ''}
      </p>
      {state.status === 'loading' && <Loading />}
      {state.status === 'failed' && (
        <Message error={state.error}>
          <Button onPress={state.retry}>{t('Try again')}</Button>
          {modelId !== null && <Button onPress={() => update({ modelId: null })}>{t('Use Mien’s own model')}</Button>}
        </Message>
      )}
    </div>
  );
}

const STEP_WORDS: Readonly<Record<LoadProgress['step'], Phrase>> = {
  detector: msg('Fetching the face finder…'),
  classifier: msg('Fetching the expression model…'),
  'warm-up': msg('Warming up…'),
};

function Loading() {
  const progress = useLoadProgress();
  const words = t(progress ? STEP_WORDS[progress.step] : msg('Getting ready…'));
  const known = progress !== null && progress.totalBytes > 0;
  const share = known ? Math.min(1, progress.loadedBytes / progress.totalBytes) : 0;
  return (
    <ProgressBar className={styles['loading'] ?? ''} aria-label={t('Getting ready')} value={share * 100} isIndeterminate={!known}>
      <p>
        <span>{words}</span>
        {/* No byte counts: they are sizes of uncompressed files, and a compressing host sends less than half as much. */}
        {known && progress.step !== 'warm-up' && <span className={styles['share']}>{formatPercent(Math.floor(share * 100) / 100, 0)}</span>}
      </p>
      <div className={styles['track']}>
        <div className={styles['fill']} style={{ transform: `scaleX(${share})` }} />
      </div>
    </ProgressBar>
  );
}
