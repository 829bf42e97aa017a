import { useCallback, useSyncExternalStore } from 'react';
import type { TrackSeries } from '../../session/track-series';
import { formatClock } from '../../words/format';
import { momentWords } from '../../app/results/moment-words';
import type { Playhead } from '../../app/results/playhead';
import styles from './RecordingResults.module.css';

interface Props {
  readonly playhead: Playhead;
  readonly series: TrackSeries | null;
  /** Time between two observations. */
  readonly intervalMs: number;
}

/** The expression of a face at the playhead. The timeline announces the same to screen readers. */
export function MomentReadout({ playhead, series, intervalMs }: Props) {
  const subscribe = useCallback((listener: () => void) => playhead.subscribe(listener), [playhead]);
  const ms = useSyncExternalStore(subscribe, () => playhead.timeMs);
  return (
    <p className={styles['moment']} data-unprinted aria-hidden="true">
      <strong>{formatClock(ms, 1)}</strong> {momentWords(series, ms, intervalMs)}
    </p>
  );
}
