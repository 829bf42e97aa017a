import { useState } from 'react';
import type { MienError } from '../../engine/errors';
import type { FinishedRecording, SessionRecorder } from '../../session/session-recorder';
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
import { VideoDownload } from '../shared/VideoDownload';
import { wordError } from '../../words/errors';
import styles from './recording.module.css';
import type { VideoRecorderStatus } from '../../app/live/video-recorder';

interface Props {
  readonly recorder: SessionRecorder;
  readonly finished: FinishedRecording;
  readonly video: VideoRecorderStatus;
  /** Why it is not on disk. */
  readonly trouble: MienError | null;
}

/** Where a recording went after its end; while it is in memory only, how to keep it. */
export function FinishedBar({ recorder, finished, video, trouble }: Props) {
  const { info, saved, store } = finished;
  const downloads = (
    <>
      <SessionDownloads load={async (signal) => (saved ? (await pageArchive()).load(info.id, { signal }) : { info, store })} />
      {video.sessionId === info.id && <FinishedVideo stem={sessionStem(info)} status={video} />}
    </>
  );
  if (trouble) return <UnsavedBar recorder={recorder} trouble={trouble} downloads={downloads} />;
  return (
    <section className={styles['bar']} aria-label="Recording">
      <p className={styles['saved']} role="status">
        <strong>Saved on this device.</strong> {info.name}, {formatDuration(info.durationMs)}.
      </p>
      <Button onPress={() => goTo('library', info.id)}>Open session</Button>
      {downloads}
      <Button variant="quiet" icon aria-label="Dismiss" onPress={() => recorder.dismiss()}>
        <CloseIcon />
      </Button>
    </section>
  );
}

/** The video of the recording: on its way, there to be saved, or why there is none. */
function FinishedVideo({ stem, status }: { readonly stem: string; readonly status: VideoRecorderStatus }) {
  const { phase, finished, trouble } = status;
  const wording = trouble && wordError(trouble);
  return (
    <>
      {phase === 'finishing' && <span className={styles['quiet']}>Finishing the video …</span>}
      {finished && <VideoDownload stem={stem} video={finished.video} />}
      {finished && !finished.kept && (
        <p className={styles['trouble']}>This browser cannot keep the video with the session. Download it before you go on.</p>
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
  readonly downloads: React.ReactNode;
}

function UnsavedBar({ recorder, trouble, downloads }: UnsavedProps) {
  const [asking, setAsking] = useState(false);
  const { title, advice } = wordError(trouble);
  return (
    <section className={styles['unsaved']} aria-label="Recording">
      <Message error={trouble} wording={{ title: `The recording is not saved: ${title.charAt(0).toLowerCase()}${title.slice(1)}`, advice: `It is whole, in this page’s memory. ${advice}` }}>
        <Button variant="primary" onPress={() => void recorder.save()}>
          Try to save again
        </Button>
        {downloads}
        <Button variant="quiet" onPress={() => setAsking(true)}>
          Discard
        </Button>
      </Message>
      {asking && (
        <ConfirmDialog title="Discard this recording?" action="Discard recording" onConfirm={() => recorder.dismiss()} onClose={() => setAsking(false)}>
          <p>It is in this page’s memory only, and cannot be brought back.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
