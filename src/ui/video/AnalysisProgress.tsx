import { useSyncExternalStore } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { useEngine } from '../engine-context';
import { formatDuration, formatPercent } from '../../words/format';
import { Button } from '../shared/Button';
import type { AnalysisProgress as Progress, ClipAnalysis } from '../../app/video/clip-analysis';
import { t } from '../../words/i18n';
import styles from './AnalysisProgress.module.css';

/** Progress of an analysis, with buttons to pause and stop it. */
export function AnalysisProgress({ analysis }: { readonly analysis: ClipAnalysis }) {
  const progress = useSyncExternalStore(analysis.subscribe, analysis.getSnapshot);
  const engine = useEngine();
  const words = engine.status === 'loading' && progress.frames === 0 ? t('Waiting until the model is ready…') : progressWords(progress);
  return (
    <section className={styles['progress']} aria-label={t('Analysis')}>
      <ProgressBar className={styles['bar'] ?? ''} aria-label={t('Analysed')} value={progress.share} maxValue={1}>
        <div className={styles['fill']} style={{ transform: `scaleX(${progress.share})` }} />
      </ProgressBar>
      <p data-testid="analysis-progress">{words}</p>
      <div className={styles['actions']}>
        {progress.paused ? <Button onPress={() => analysis.resume()}>{t('Go on')}</Button> : <Button onPress={() => analysis.pause()}>{t('Pause')}</Button>}
        <Button onPress={() => analysis.cancel()}>{t('Stop and keep what has been read')}</Button>
      </div>
    </section>
  );
}

function progressWords({ paused, share, frames, skipped, remainingMs }: Progress): string {
  const parts = [formatPercent(Math.floor(share * 100) / 100, 0), t('{count, plural, one {# frame read} other {# frames read}}', { count: frames })];
  if (skipped > 0) parts.push(t('{count, plural, other {# skipped}}', { count: skipped }));
  if (paused) parts.push(t('paused'));
  else if (remainingMs !== null) parts.push(t('{duration} left', { duration: formatDuration(remainingMs) }));
  return parts.join(' · ');
}
