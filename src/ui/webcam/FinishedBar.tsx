import { useState } from 'react';
import type { MienError } from '../../engine/errors';
import type { FinishedRecording, SessionRecorder } from '../../session/session-recorder';
import { wholeRecording } from '../../session/whole-recording';
import { formatDuration } from '../../words/format';
import { goTo } from '../../app/navigation';
import { pageArchive } from '../../app/archive';
import { Button } from '../shared/Button';
import { CopyDetails } from '../shared/CopyDetails';
import { ConfirmDialog } from '../shared/ConfirmDialog';
import { CloseIcon } from '../shared/icons';
import { Message } from '../shared/Message';
import { SessionDownloads } from '../shared/SessionDownloads';
import { sessionStem } from '../../app/files/session-file';
import { wordError } from '../../words/errors';
import { t } from '../../words/i18n';
import { sessionName } from '../../words/session';
import styles from './recording.module.css';
import type { VideoRecorderStatus } from '../../app/live/video-recorder';

interface Props {
  readonly recorder: SessionRecorder;
  readonly finished: FinishedRecording;
  readonly video: VideoRecorderStatus;
  /** Reason why it is not on disk. */
  readonly trouble: MienError | null;
}

/** Tells where a finished recording was stored, and why it ended if not by the user; if it is only in memory, offers to keep it. */
export function FinishedBar({ recorder, finished, video, trouble }: Props) {
  const { info, why } = finished;
  const downloads = (
    <>
      <SessionDownloads
        load={(signal) => wholeRecording(finished, pageArchive, { signal })}
        stem={sessionStem(info)}
        video={video.sessionId === info.id ? (video.finished?.video ?? null) : null}
      />
      {video.sessionId === info.id && <FinishedVideo status={video} />}
    </>
  );
  const cause = why === 'other-model' && (
    <p className={styles['trouble']} role="status">
      {t('Another model came into use, which ended this recording. Press Record to start the next one.')}
    </p>
  );
  if (trouble) return <UnsavedBar recorder={recorder} trouble={trouble} cause={cause} downloads={downloads} />;
  return (
    <section className={styles['bar']} aria-label={t('Recording')} data-finished>
      <p className={styles['saved']} role="status">
        <strong>{t('Saved on this device.')}</strong> {sessionName(info)}, {formatDuration(info.durationMs)}.
      </p>
      {cause}
      <Button onPress={() => goTo('library', info.id)}>{t('Open session')}</Button>
      {downloads}
      <Button variant="quiet" icon aria-label={t('Dismiss')} onPress={() => recorder.dismiss()}>
        <CloseIcon />
      </Button>
    </section>
  );
}

/** The recording's video: being written, not kept, or the error that prevented it. */
function FinishedVideo({ status }: { readonly status: VideoRecorderStatus }) {
  const { phase, finished, trouble } = status;
  const wording = trouble && wordError(trouble);
  return (
    <>
      {phase === 'finishing' && <span className={styles['quiet']}>{t('Finishing the video …')}</span>}
      {finished && !finished.kept && (
        <p className={styles['trouble']}>{t('This browser cannot keep the video with the session. Download it before you go on.')}</p>
      )}
      {wording && (
        <p className={styles['trouble']} role="alert">
          <strong>{wording.title}.</strong> {wording.advice} <CopyDetails error={trouble} />
        </p>
      )}
    </>
  );
}

interface UnsavedProps {
  readonly recorder: SessionRecorder;
  readonly trouble: MienError;
  readonly cause: React.ReactNode;
  readonly downloads: React.ReactNode;
}

function UnsavedBar({ recorder, trouble, cause, downloads }: UnsavedProps) {
  const [asking, setAsking] = useState(false);
  const { title, advice } = wordError(trouble);
  return (
    <section className={styles['unsaved']} aria-label={t('Recording')}>
      <Message error={trouble} wording={{ title: t('The recording is not saved. {trouble}', { trouble: title }), advice: t('It is whole, in this page’s memory. {advice}', { advice }) }}>
        <Button variant="primary" onPress={() => void recorder.save()}>
          {t('Try saving again')}
        </Button>
        {downloads}
        <Button variant="quiet" onPress={() => setAsking(true)}>
          {t('Discard')}
        </Button>
      </Message>
      {cause}
      {asking && (
        <ConfirmDialog title={t('Discard this recording?')} action={t('Discard recording')} onConfirm={() => recorder.dismiss()} onClose={() => setAsking(false)}>
          <p>{t('It is in this page’s memory only, and cannot be brought back.')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
