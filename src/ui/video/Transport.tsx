import { formatClock, formatTimes } from '../../words/format';
import type { Playback } from '../../app/video/playback';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './ClipPlayer.module.css';
import { BackIcon, ForwardIcon, FullScreenIcon, MutedIcon, PauseIcon, PlayIcon, SoundIcon } from './icons';
import { usePlaybackState } from './use-playback';

const RATES = [0.25, 0.5, 1, 1.5, 2];

/** Pauses and moves by a step. */
export function stepBy(playback: Playback, byMs: number): void {
  playback.pause();
  playback.seek(playback.timeMs + byMs);
}

interface Props {
  readonly playback: Playback | null;
  readonly endMs: number;
  readonly stepMs: number;
  /** Null if the page may not use full screen. */
  readonly onFullScreen: (() => void) | null;
}

/** Play and step buttons, and the current time. */
export function Transport({ playback, endMs, stepMs, onFullScreen }: Props) {
  const playing = usePlaybackState(playback, (p) => p.playing, false);
  const muted = usePlaybackState(playback, (p) => p.muted, null);
  const rate = usePlaybackState(playback, (p) => p.rate, 1);
  return (
    <div className={styles['transport']} role="group" aria-label={t('Playback')} data-unprinted>
      <Button variant="quiet" isDisabled={!playback} onPress={() => (playing ? playback?.pause() : playback?.play())}>
        {playing ? <PauseIcon /> : <PlayIcon />}
        <span className={styles['play']}>{playing ? t('Pause') : t('Play')}</span>
      </Button>
      <Button variant="quiet" icon aria-label={t('One step back')} isDisabled={!playback} onPress={() => playback && stepBy(playback, -stepMs)}>
        <BackIcon />
      </Button>
      <Button variant="quiet" icon aria-label={t('One step forward')} isDisabled={!playback} onPress={() => playback && stepBy(playback, stepMs)}>
        <ForwardIcon />
      </Button>
      <Time playback={playback} endMs={endMs} />
      <select className={styles['rate']} aria-label={t('Speed')} disabled={!playback} value={rate} onChange={({ target }) => playback?.setRate(Number(target.value))}>
        {RATES.map((each) => (
          <option key={each} value={each}>
            {formatTimes(each)}
          </option>
        ))}
      </select>
      {muted !== null && (
        <Button variant="quiet" icon aria-label={muted ? t('Sound on') : t('Sound off')} onPress={() => playback?.setMuted(!muted)}>
          {muted ? <MutedIcon /> : <SoundIcon />}
        </Button>
      )}
      {onFullScreen && (
        <Button variant="quiet" icon aria-label={t('Full screen')} onPress={onFullScreen}>
          <FullScreenIcon />
        </Button>
      )}
    </div>
  );
}

function Time({ playback, endMs }: { readonly playback: Playback | null; readonly endMs: number }) {
  const now = usePlaybackState(playback, (p) => formatClock(p.timeMs, 1), formatClock(0, 1));
  return (
    <span className={styles['time']} data-testid="video-time">
      {now} <span>/ {formatClock(endMs, 1)}</span>
    </span>
  );
}
