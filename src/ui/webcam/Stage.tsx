import { useState, type ReactNode, type RefObject } from 'react';
import type { Size } from '../../engine/geometry';
import { useEngine } from '../engine-context';
import { Button } from '../shared/Button';
import { CopyDetails } from '../shared/CopyDetails';
import { wordError } from '../../words/errors';
import type { LiveSession, LiveStatus } from '../../app/live/live-session';
import type { PictureFlow } from '../../sources/picture-watch';
import { useOverlay } from './use-overlay';
import { t } from '../../words/i18n';
import styles from './stage.module.css';

interface Props {
  readonly session: LiveSession;
  readonly status: LiveStatus;
  readonly video: RefObject<HTMLVideoElement | null>;
  /** State of the camera's picture; null if no camera is open. */
  readonly flow: PictureFlow | null;
  readonly mirror: boolean;
  /** Draws head pose axes. */
  readonly pose: boolean;
  readonly fullScreen: boolean;
  readonly focused: number | null;
  readonly nobody: boolean;
  readonly onPick: (track: number | null) => void;
  /** Covers the picture area when there is no picture. */
  readonly children: ReactNode;
}

const USUAL_SIZE: Size = { width: 16, height: 9 };

/** The camera's picture with its overlay and at most one notice. */
export function Stage({ session, status, video, flow, mirror, pose, fullScreen, focused, nobody, onPick, children }: Props) {
  const [size, setSize] = useState<Size>(session.still?.size ?? USUAL_SIZE);
  const live = flow !== null;
  const hasPicture = live || session.still !== null;
  const { canvas, trackAt } = useOverlay({ session, live, mirror, pose, focused });
  const measure = ({ currentTarget: { videoWidth, videoHeight } }: { readonly currentTarget: HTMLVideoElement }) => {
    if (videoWidth > 0) setSize({ width: videoWidth, height: videoHeight });
  };
  return (
    <div
      className={styles['stage']}
      data-picture={hasPicture || undefined}
      style={hasPicture && !fullScreen ? { aspectRatio: `${size.width} / ${size.height}` } : {}}
    >
      <video
        ref={video}
        className={[styles['video'], mirror ? styles['mirrored'] : ''].join(' ')}
        aria-label={t('Picture of the camera')}
        muted
        playsInline
        hidden={!live}
        onLoadedMetadata={measure}
        onResize={measure}
      />
      <canvas
        ref={canvas}
        className={styles['overlay']}
        data-testid="overlay"
        aria-hidden="true"
        onClick={(event) => {
          if (live) onPick(trackAt(event.clientX, event.clientY));
        }}
      />
      {children}
      <div className={styles['notes']} role="status">
        {flow && <LiveNote status={status} flow={flow} nobody={nobody} />}
      </div>
    </div>
  );
}

/** The most important notice over the live picture, if any. */
function LiveNote({ status, flow, nobody }: { readonly status: LiveStatus; readonly flow: PictureFlow; readonly nobody: boolean }) {
  const engine = useEngine();
  if (flow === 'stopped') {
    return <Note title={t('The camera sends no picture')}>{t('Open its shutter, or close the other program or call that uses it. What was read last is not shown any more.')}</Note>;
  }
  if (flow === 'waiting') return <Note title={t('Waiting for the camera’s first picture …')}>{t('Some cameras take a few seconds. If none comes, choose another one, or plug it in again.')}</Note>;
  // The page header reports loading progress and errors of the engine.
  if (engine.status === 'loading') return <Note title={t('Getting ready to read faces …')} />;
  if (engine.status === 'failed') return <Note title={t('Faces cannot be read just now')}>{t('The message at the top of the page says why.')}</Note>;
  if (status.gaveUp) {
    return (
      <Note
        title={t('The analysis keeps failing')}
        action={
          <>
            <Button onPress={() => location.reload()}>{t('Reload page')}</Button>
            {status.trouble && <CopyDetails error={status.trouble} />}
          </>
        }
      >
        {t('Reload the page. If it happens again, choose another backend in the settings.')}
      </Note>
    );
  }
  if (status.trouble) {
    return (
      <Note title={wordError(status.trouble).title} action={<CopyDetails error={status.trouble} />}>
        {t('Starting again …')}
      </Note>
    );
  }
  if (nobody) return <Note title={t('No face in view')}>{t('Look towards the camera, come closer, or bring light to your face.')}</Note>;
  return null;
}

function Note({ title, children, action }: { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={styles['note']}>
      <p>
        <strong>{title}</strong> <span>{children}</span>
      </p>
      {action}
    </div>
  );
}
