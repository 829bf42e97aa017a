import { useEffect, useRef, type KeyboardEvent, type ReactNode, type RefCallback } from 'react';
import { containedView, paintOverlay } from '../../export/overlay-painter';
import type { Size } from '../../engine/geometry';
import { fitCanvas } from '../../app/results/timeline-canvas';
import { useSettings } from '../use-settings';
import { t } from '../../words/i18n';
import styles from './ClipPlayer.module.css';
import { overlayFacesAt, type ReadFaces } from '../../app/video/overlay-faces';
import type { Playback } from '../../app/video/playback';
import { Scrubber } from './Scrubber';
import { stepBy, Transport } from './Transport';
import type { ClipPlayback } from './use-playback';

interface Props {
  readonly name: string;
  /** Frame size in pixels, which boxes refer to. */
  readonly size: Size;
  readonly startMs: number;
  readonly endMs: number;
  readonly player: ClipPlayback;
  /** Faces found so far, for the overlay; null for none. */
  readonly faces: ReadFaces | null;
  readonly focused: number | null;
  /** Time between two analysed frames: one step of the buttons. */
  readonly stepMs: number;
  /** Time between two frames of the video. */
  readonly frameMs: number;
  /** Receives the element below the scrubber, for the people's lanes. */
  readonly lanes?: RefCallback<HTMLElement>;
  readonly children?: ReactNode;
}

/** The clip with a synchronised overlay of its results. */
export function ClipPlayer({ name, size, startMs, endMs, player, faces, focused, stepMs, frameMs, lanes, children }: Props) {
  const { kind, playback, video, canvas } = player;
  const overlay = useOverlay(playback, size, faces, focused);
  const frame = useRef<HTMLElement>(null);
  const fullScreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    // Rejected in frames without permission; the player then keeps its size.
    else frame.current?.requestFullscreen().catch(() => undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { target, key, shiftKey, ctrlKey, metaKey, altKey } = event;
    // Buttons and fields handle their own keys.
    if (!playback || target !== event.currentTarget || ctrlKey || metaKey || altKey) return;
    const actions: Readonly<Record<string, () => void>> = {
      ' ': () => (playback.playing ? playback.pause() : playback.play()),
      ArrowLeft: () => stepBy(playback, shiftKey ? -frameMs : -stepMs),
      ArrowRight: () => stepBy(playback, shiftKey ? frameMs : stepMs),
      ',': () => stepBy(playback, -frameMs),
      '.': () => stepBy(playback, frameMs),
      Home: () => playback.seek(startMs),
      End: () => playback.seek(endMs),
      f: fullScreen,
    };
    const action = actions[key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  return (
    <section
      ref={frame}
      className={styles['frame']}
      aria-label={t('Player')}
      aria-keyshortcuts="Space ArrowLeft ArrowRight , . f"
      title={t('Space: play or pause · ← →: one step · , .: one frame · F: full screen')}
      tabIndex={0}
      data-unprinted
      onKeyDown={onKeyDown}
    >
      <div className={styles['stage']} style={{ aspectRatio: `${size.width} / ${size.height}` }}>
        {kind === 'element' && <video ref={video} className={styles['picture']} aria-label={t('Video: {name}', { name })} playsInline preload="auto" />}
        {kind === 'decoded' && <canvas ref={canvas} className={styles['picture']} role="img" aria-label={t('Video: {name}', { name })} />}
        {kind === 'none' && <p className={styles['nothing']}>{t('The clip cannot be shown, only analysed.')}</p>}
        <canvas ref={overlay} className={styles['overlay']} data-testid="video-overlay" aria-hidden="true" />
      </div>
      {children}
      <Scrubber playback={playback} startMs={startMs} endMs={endMs} stepMs={stepMs} />
      <div ref={lanes} className={styles['lanes']} />
      <Transport playback={playback} endMs={endMs} stepMs={stepMs} onFullScreen={document.fullscreenEnabled ? fullScreen : null} />
      {kind === 'decoded' && <p className={styles['note']}>{t('This browser’s player cannot play the file, so it is shown frame by frame, without sound.')}</p>}
    </section>
  );
}

function useOverlay(playback: Playback | null, size: Size, faces: ReadFaces | null, focused: number | null) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [{ showHeadPose: pose }] = useSettings();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !playback) return;
    const draw = () => {
      context.clearRect(0, 0, element.width, element.height);
      const view = containedView(size, element, false, devicePixelRatio);
      paintOverlay(context, faces ? overlayFacesAt(faces, playback.timeMs) : [], view, { focused, pose, mayShorten: true });
    };
    const fit = () => {
      fitCanvas(element);
      draw();
    };
    const resizing = new ResizeObserver(fit);
    resizing.observe(element);
    const leave = playback.subscribe(draw);
    // Results for the current frame appear even while the clip is paused.
    const stopReading = faces?.subscribe(draw);
    return () => {
      resizing.disconnect();
      leave();
      stopReading?.();
    };
  }, [playback, size, faces, focused, pose]);
  return canvas;
}
