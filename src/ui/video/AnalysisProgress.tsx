import { useSyncExternalStore } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { useEngine } from '../engine-context';
import { formatDuration } from '../../words/format';
import { Button } from '../shared/Button';
import type { AnalysisProgress as Progress, ClipAnalysis } from '../../app/video/clip-analysis';
import styles from './AnalysisProgress.module.css';

/** How far an analysis is, with ways to hold and to end it. */
export function AnalysisProgress({ analysis }: { readonly analysis: ClipAnalysis }) {
  const progress = useSyncExternalStore(analysis.subscribe, analysis.getSnapshot);
  const engine = useEngine();
  const words = engine.status === 'loading' && progress.frames === 0 ? 'Waiting until the model is ready…' : progressWords(progress);
  return (
    <section className={styles['progress']} aria-label="Analysis">
      <ProgressBar className={styles['bar'] ?? ''} aria-label="Analysed" value={progress.share} maxValue={1}>
        <div className={styles['fill']} style={{ transform: `scaleX(${progress.share})` }} />
      </ProgressBar>
      <p data-testid="analysis-progress">{words}</p>
      <div className={styles['actions']}>
        {progress.paused ? <Button onPress={() => analysis.resume()}>Go on</Button> : <Button onPress={() => analysis.pause()}>Pause</Button>}
        <Button onPress={() => analysis.cancel()}>Stop and keep what is read</Button>
      </div>
    </section>
  );
}

function progressWords({ paused, share, frames, skipped, remainingMs }: Progress): string {
  const parts = [`${Math.floor(share * 100)}%`, frames === 1 ? '1 frame read' : `${frames} frames read`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (paused) parts.push('paused');
  else if (remainingMs !== null) parts.push(`${formatDuration(remainingMs)} left`);
  return parts.join(' · ');
}
