import { useEffect, useRef, type ReactNode } from 'react';
import { containedView, paintOverlay } from '../../export/overlay-painter';
import type { VideoInfo } from '../../sources/video-file-source';
import { formatClock } from '../../words/format';
import { fitCanvas } from '../../app/results/timeline-canvas';
import { useSettings } from '../use-settings';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './ClipPlayer.module.css';
import type { ClipAnalysis } from '../../app/video/clip-analysis';
import { BackIcon, ForwardIcon, MutedIcon, PauseIcon, PlayIcon, SoundIcon } from './icons';
import { overlayFacesAt } from '../../app/video/overlay-faces';
import type { Playback } from '../../app/video/playback';
import { usePlaybackState, type ClipPlayback } from './use-playback';

interface Props {
  readonly name: string;
  readonly info: VideoInfo;
  readonly player: ClipPlayback;
  /** What was read in it, and still is: the overlay. */
  readonly analysis: ClipAnalysis | null;
  readonly focused: number | null;
  /** Time between two frames that were read: one step of the buttons. */
  readonly stepMs: number;
  readonly children?: ReactNode;
}

/** The clip with what was read in it, in step. */
export function ClipPlayer({ name, info, player, analysis, focused, stepMs, children }: Props) {
  const { kind, playback, video, canvas } = player;
  const overlay = useOverlay(playback, info, analysis, focused);
  return (
    <section className={styles['frame']} aria-label={t('Player')}>
      <div className={styles['stage']} style={{ aspectRatio: `${info.size.width} / ${info.size.height}` }}>
        {kind === 'element' && <video ref={video} className={styles['picture']} aria-label={t('Video: {name}', { name })} playsInline preload="auto" />}
        {kind === 'decoded' && <canvas ref={canvas} className={styles['picture']} role="img" aria-label={t('Video: {name}', { name })} />}
        {kind === 'none' && <p className={styles['nothing']}>{t('The clip cannot be shown, only analysed.')}</p>}
        <canvas ref={overlay} className={styles['overlay']} data-testid="video-overlay" aria-hidden="true" />
      </div>
      {children}
      <Transport playback={playback} endMs={info.endMs} stepMs={stepMs} />
      {kind === 'decoded' && <p className={styles['note']}>{t('This browser’s player cannot play the file, so it is shown frame by frame, without sound.')}</p>}
    </section>
  );
}

function useOverlay(playback: Playback | null, info: VideoInfo, analysis: ClipAnalysis | null, focused: number | null) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [{ showHeadPose: pose }] = useSettings();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !playback) return;
    const draw = () => {
      context.clearRect(0, 0, element.width, element.height);
      const view = containedView(info.size, element, false, devicePixelRatio);
      paintOverlay(context, analysis ? overlayFacesAt(analysis, playback.timeMs) : [], view, { focused, pose });
    };
    const fit = () => {
      fitCanvas(element);
      draw();
    };
    const resizing = new ResizeObserver(fit);
    resizing.observe(element);
    const leave = playback.subscribe(draw);
    // What is read at the moment that is shown comes up even while the clip stands still.
    const stopReading = analysis?.subscribe(draw);
    return () => {
      resizing.disconnect();
      leave();
      stopReading?.();
    };
  }, [playback, info, analysis, focused, pose]);
  return canvas;
}

interface TransportProps {
  readonly playback: Playback | null;
  readonly endMs: number;
  readonly stepMs: number;
}

function Transport({ playback, endMs, stepMs }: TransportProps) {
  const playing = usePlaybackState(playback, (p) => p.playing, false);
  const muted = usePlaybackState(playback, (p) => p.muted, null);
  const step = (byMs: number) => {
    playback?.pause();
    playback?.seek(Math.max(0, playback.timeMs + byMs));
  };
  return (
    <div className={styles['transport']} role="group" aria-label={t('Playback')}>
      <Button variant="quiet" isDisabled={!playback} onPress={() => (playing ? playback?.pause() : playback?.play())}>
        {playing ? <PauseIcon /> : <PlayIcon />}
        {playing ? t('Pause') : t('Play')}
      </Button>
      <Button variant="quiet" icon aria-label={t('One step back')} isDisabled={!playback} onPress={() => step(-stepMs)}>
        <BackIcon />
      </Button>
      <Button variant="quiet" icon aria-label={t('One step forward')} isDisabled={!playback} onPress={() => step(stepMs)}>
        <ForwardIcon />
      </Button>
      <Time playback={playback} endMs={endMs} />
      {muted !== null && (
        <Button variant="quiet" icon aria-label={muted ? t('Sound on') : t('Sound off')} onPress={() => playback?.setMuted(!muted)}>
          {muted ? <MutedIcon /> : <SoundIcon />}
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
