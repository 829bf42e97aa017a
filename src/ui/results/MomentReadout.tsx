import { useCallback, useSyncExternalStore } from 'react';
import type { TrackSeries } from '../../session/track-series';
import { formatClock } from '../format';
import { momentWords } from './moment-words';
import type { Playhead } from './playhead';
import styles from './Findings.module.css';

interface Props {
  readonly playhead: Playhead;
  readonly series: TrackSeries | null;
  /** Time between two observations. */
  readonly intervalMs: number;
}

/** What a face shows where the playhead is. The timeline tells the same to those who cannot see it. */
export function MomentReadout({ playhead, series, intervalMs }: Props) {
  const subscribe = useCallback((listener: () => void) => playhead.subscribe(listener), [playhead]);
  const ms = useSyncExternalStore(subscribe, () => playhead.timeMs);
  return (
    <p className={styles['moment']} aria-hidden="true">
      <strong>{formatClock(ms, 1)}</strong> {momentWords(series, ms, intervalMs)}
    </p>
  );
}
