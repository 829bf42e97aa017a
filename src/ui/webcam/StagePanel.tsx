import type { ReactNode } from 'react';
import type { MienError } from '../../engine/errors';
import { Button } from '../shared/Button';
import { CopyDetails } from '../shared/CopyDetails';
import { wordError } from '../../words/errors';
import { CameraIcon, ShieldIcon } from '../shared/icons';
import { CameraOffIcon, PlayIcon } from './icons';
import { t } from '../../words/i18n';
import styles from './stage.module.css';

interface PanelProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions: ReactNode;
  /** Placed over the still of the last picture instead of an empty stage. */
  readonly overStill?: boolean;
}

function Panel({ icon, title, children, actions, overStill = false }: PanelProps) {
  return (
    <div className={[styles['panel'], overStill ? styles['overStill'] : ''].join(' ')}>
      <div className={styles['panelBody']}>
        <span className={styles['panelIcon']}>{icon}</span>
        <h3 className={styles['panelTitle']}>{title}</h3>
        <div className={styles['panelText']}>{children}</div>
        <div className={styles['panelActions']}>{actions}</div>
      </div>
    </div>
  );
}

/** Shown before the first picture: explains what will happen, with a start button. */
export function StartPanel({ onStart }: { readonly onStart: () => void }) {
  return (
    <Panel
      icon={<CameraIcon />}
      title={t('Read expressions live')}
      actions={
        <Button variant="primary" onPress={onStart}>
          <CameraIcon />
          {t('Start camera')}
        </Button>
      }
    >
      <p>{t('Your browser will ask whether this page may use the camera.')}</p>
      <p className={styles['promise']}>
        <ShieldIcon />
        {t('The picture is read on this device and never leaves it. Nothing is recorded unless you press Record.')}
      </p>
    </Panel>
  );
}

export function OpeningPanel({ onCancel, overStill }: { readonly onCancel: () => void; readonly overStill: boolean }) {
  return (
    <Panel
      icon={<CameraIcon />}
      title={t('Waiting for the camera …')}
      overStill={overStill}
      actions={<Button onPress={onCancel}>{t('Cancel')}</Button>}
    >
      <p>{t('If your browser asks, allow the camera for this page.')}</p>
    </Panel>
  );
}

export function PausedPanel({ onResume }: { readonly onResume: () => void }) {
  return (
    <Panel
      icon={<CameraOffIcon />}
      title={t('Paused')}
      overStill
      actions={
        <Button variant="primary" onPress={onResume}>
          <PlayIcon />
          {t('Resume')}
        </Button>
      }
    >
      <p>{t('The camera is off.')}</p>
    </Panel>
  );
}

export function CameraFailedPanel({ error, onRetry }: { readonly error: MienError<'camera'>; readonly onRetry: () => void }) {
  const { title, advice } = wordError(error);
  // Errors that a second attempt on this page could not fix.
  const final = error.is('camera', 'insecure-context') || error.is('camera', 'blocked-by-policy');
  return (
    <Panel
      icon={<CameraOffIcon />}
      title={title}
      actions={
        <>
          {!final && (
            <Button variant="primary" onPress={onRetry}>
              {t('Try again')}
            </Button>
          )}
          <CopyDetails error={error} />
        </>
      }
    >
      <p>{advice}</p>
    </Panel>
  );
}
