import { useEffect, useRef } from 'react';
import { formatClock } from '../../words/format';
import type { Playback } from '../../app/video/playback';
import { t } from '../../words/i18n';
import styles from './ClipPlayer.module.css';

interface Props {
  readonly playback: Playback | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/** A draggable playback position. It follows the playback without re-rendering. */
export function Scrubber({ playback, startMs, endMs, stepMs }: Props) {
  const range = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const show = () => {
      const { current: input } = range;
      if (!input) return;
      const ms = playback?.timeMs ?? startMs;
      input.value = String(ms);
      input.setAttribute('aria-valuetext', t('{now} of {end}', { now: formatClock(ms, 1), end: formatClock(endMs, 1) }));
    };
    show();
    return playback?.subscribe(show);
  }, [playback, startMs, endMs]);
  return (
    <div className={styles['scrubber']} data-unprinted>
      <input
        ref={range}
        type="range"
        aria-label={t('Position in the video')}
        min={startMs}
        max={endMs}
        step="any"
        defaultValue={startMs}
        disabled={!playback}
        onChange={({ target }) => playback?.seek(target.valueAsNumber)}
        onKeyDown={(event) => {
          // The browser's default step is a hundredth of the range.
          const by = { ArrowLeft: -stepMs, ArrowDown: -stepMs, ArrowRight: stepMs, ArrowUp: stepMs }[event.key];
          if (by === undefined || !playback) return;
          event.preventDefault();
          playback.seek(Math.max(startMs, Math.min(endMs, playback.timeMs + by)));
        }}
      />
    </div>
  );
}
