import { UNSAFE_PortalProvider as PortalProvider } from 'react-aria/PortalProvider';
import { useDeferredValue, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useEngine } from '../engine-context';
import { useMediaQuery } from '../use-media-query';
import { usePageTitle } from '../use-page-title';
import { usePlace } from '../use-place';
import { replacePlace } from '../../app/navigation';
import { useSettings } from '../use-settings';
import { tellsExpressions, type Expression } from '../../engine/labels';
import type { Marker } from '../../session/session-info';
import { Controls } from './Controls';
import { FaceCards } from './FaceCards';
import { FacesView } from '../../app/live/faces-view';
import { GameInvite } from './GameInvite';
import { LiveDrops } from './LiveDrops';
import { liveSession } from '../../app/live/page-session';
import { NeutralBar } from './NeutralBar';
import { PerformancePanel } from './PerformancePanel';
import { RecordButton } from './RecordButton';
import { RecordOptions } from './RecordOptions';
import { RecordingBar } from './RecordingBar';
import { LOOKS } from '../../words/recording';
import { personName } from '../../words/person-style';
import { currentPicture, saveSnapshot } from '../../app/live/snapshot';
import { SevenFacesBar } from './SevenFaces';
import { Stage } from './Stage';
import { CameraFailedPanel, OpeningPanel, PausedPanel, StartPanel } from './StagePanel';
import { Timeline } from './Timeline';
import { useLiveCamera } from './use-live-camera';
import { useFacesRoom } from './use-faces-room';
import { useFullScreenElement } from '../use-full-screen-element';
import { useRecording } from './use-recording';
import { useShortcuts } from './use-shortcuts';
import { WhyDialog } from '../lab/why/lazy-why';
import { t } from '../../words/i18n';
import styles from './webcam.module.css';

/** The view of the page's live session, which continues recording when the view is hidden. */
export default function WebcamTab() {
  usePageTitle([t('Live')]);
  const [settings, updateSettings] = useSettings();
  const { mirror, cameraId, showHeadPose, showPerformance, shortcuts } = settings;
  const engineState = useEngine();
  const engine = engineState.status === 'ready' ? engineState.engine : null;
  const session = liveSession();
  const status = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const [view] = useState(() => new FacesView(session.store, (face) => session.neutral.shown(face)));
  const { cards, focused, nobody } = useSyncExternalStore(view.subscribe, view.getSnapshot);
  const recording = useRecording(session, engineState.status === 'ready' ? engineState.health : null);
  const recordedVideo = useSyncExternalStore(session.videoRecorder.subscribe, session.videoRecorder.getSnapshot);
  const [noting, setNoting] = useState<Marker | null>(null);
  const [announcement, setAnnouncement] = useState('');
  const [gone, setGone] = useState('');
  const [why, setWhy] = useState<{ readonly picture: string; readonly label: Expression } | null>(null);
  const frame = useRef<HTMLElement>(null);
  const faces = useRef<HTMLElement>(null);
  const below = useRef<HTMLDivElement>(null);

  // On phones, picture, faces and curve share little space: see `webcam.module.css`.
  const isPhone = useMediaQuery('(max-width: 40rem), (max-height: 30rem)');
  const isBrief = isPhone && cards.length > 1;
  const hasCurve = !cards.some(({ face }) => face.status === 'classified' && !tellsExpressions(face.smoothed));
  const fullScreen = useFullScreenElement();
  const { intent } = status;
  const camera = useLiveCamera(session);
  const { state, video } = camera;
  const source = state.status === 'live' ? state.source : null;
  // Many controls: rendered in short tasks after the press that shows them. With the picture at the latest, since the focus moves on to them.
  const hasControls = useDeferredValue(intent !== 'off') || source !== null;

  const hasBelow = source !== null || focused !== null;
  useFacesRoom(faces, below, isBrief && hasBelow);

  const asked = usePlace().path[0];
  useEffect(() => {
    if (asked !== 'start') return;
    session.setIntent('running');
    replacePlace('live');
  }, [asked, session]);

  useEffect(() => {
    if (engine && source) view.restart();
  }, [engine, source, view]);

  const togglePause = () => session.setIntent(intent === 'running' ? 'paused' : 'running');
  const toggleMirror = () => updateSettings({ mirror: !mirror });
  const toggleHeadPose = () => updateSettings({ showHeadPose: !showHeadPose });
  const toggleFullScreen = () => {
    // Rejected in some embedded pages; the view then stays as it is.
    const done = document.fullscreenElement ? document.exitFullscreen() : frame.current?.requestFullscreen();
    done?.catch(() => undefined);
  };
  const snapshot = (withBoxes: boolean) => {
    const picture = currentPicture(session, video.current);
    if (!picture) return;
    saveSnapshot(picture, withBoxes ? { pose: showHeadPose } : null).then(
      () => setAnnouncement(t('The snapshot was saved.')),
      () => setAnnouncement(t('The snapshot could not be saved.')),
    );
  };
  const askWhy = (track: number) => {
    setGone('');
    session.question.ask(track, (asked) => {
      if (asked) setWhy({ ...asked, picture: asked.picture.toDataURL() });
      else setGone(t('{person} is not in view any more.', { person: personName(track) }));
    });
  };
  const mark = () => setNoting(session.recorder.mark());
  useShortcuts(shortcuts && intent !== 'off', {
    ' ': togglePause,
    r: () => recording.toggle?.(),
    n: mark,
    s: () => snapshot(true),
    m: toggleMirror,
    h: toggleHeadPose,
    f: toggleFullScreen,
  });

  const failed = state.status === 'failed' ? state.error : null;
  const hasPicture = source !== null || (session.still !== null && !failed);
  return (
    <div className={styles['tab']}>
      <h2 className="visually-hidden">{t('Webcam')}</h2>
      {/* In full screen, menus open inside this element: a press beside a menu must find something focusable that can take the focus from it. */}
      <section ref={frame} className={styles['frame']} aria-label={t('Live view')} tabIndex={fullScreen ? -1 : undefined}>
        <Stage
          session={session}
          status={status}
          video={video}
          flow={state.status === 'live' ? state.flow : null}
          mirror={mirror}
          pose={showHeadPose}
          fullScreen={fullScreen !== null}
          focused={focused}
          nobody={nobody}
          onPick={(track) => view.pick(track)}
        >
          {intent === 'off' && <StartPanel onStart={() => session.setIntent('running')} />}
          {intent === 'paused' && <PausedPanel onResume={() => session.setIntent('running')} />}
          {intent === 'running' && failed && <CameraFailedPanel error={failed} onRetry={session.camera.retry} />}
          {intent === 'running' && !failed && !source && (
            <OpeningPanel overStill={session.still !== null} onCancel={() => session.setIntent(session.still ? 'paused' : 'off')} />
          )}
        </Stage>
        <LiveDrops />
        <SevenFacesBar game={session.game} live={source !== null} />
        {hasControls && (!failed || camera.cameras.length > 0) && (
          <PortalProvider getContainer={fullScreen ? () => frame.current : undefined}>
            <Controls
              fullScreen={fullScreen !== null}
              running={intent === 'running'}
              onPause={failed ? null : togglePause}
              record={
                <>
                  <RecordButton
                    recording={recording.phase === 'recording'}
                    kept={t(LOOKS[settings.recordLook].word)}
                    onToggle={recording.toggle}
                    shortcuts={shortcuts}
                  />
                  <RecordOptions isDisabled={recording.phase !== 'idle'} />
                </>
              }
              onSnapshot={hasPicture ? snapshot : null}
              mirror={mirror}
              onMirror={toggleMirror}
              showHeadPose={showHeadPose}
              onShowHeadPose={toggleHeadPose}
              onFullScreen={document.fullscreenEnabled ? toggleFullScreen : null}
              showPerformance={showPerformance}
              onShowPerformance={(value) => updateSettings({ showPerformance: value })}
              cameras={camera.cameras}
              cameraId={camera.cameraId ?? cameraId}
              onCamera={(id) => updateSettings({ cameraId: id })}
              shortcuts={shortcuts}
              onShortcuts={(value) => updateSettings({ shortcuts: value })}
            />
          </PortalProvider>
        )}
        <RecordingBar
          recorder={session.recorder}
          status={recording}
          video={recordedVideo}
          live={source !== null}
          noting={recording.phase === 'recording' ? noting : null}
          onMark={mark}
          onNoted={() => setNoting(null)}
        />
      </section>
      <div className={styles['side']}>
        <section ref={faces} className={styles['faces']} aria-labelledby="faces-title">
          <h3 id="faces-title" className="visually-hidden">
            {t('Faces')}
          </h3>
          <FaceCards cards={cards} focused={focused} isBrief={isBrief} onPick={(track) => view.pick(track)} onWhy={source && askWhy} />
          <p role="status" className={styles['gone']}>
            {gone}
          </p>
        </section>
        {intent !== 'off' && <NeutralBar neutral={session.neutral} track={focused} several={cards.length > 1} live={source !== null} />}
        <PortalProvider getContainer={fullScreen ? () => frame.current : undefined}>
          <GameInvite session={session} live={source !== null} />
        </PortalProvider>
      </div>
      {hasBelow && (
        <div ref={below} className={styles['below']}>
          {hasCurve && <Timeline store={session.store} neutral={session.neutral} track={focused} live={source !== null} isBrief={isBrief} />}
          {showPerformance && <PerformancePanel meter={session.meter} engine={engine} />}
        </div>
      )}
      {why && <WhyDialog {...why} onClose={() => setWhy(null)} />}
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
    </div>
  );
}
