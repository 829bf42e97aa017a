import { formatBytes } from '../../words/format';
import { saveFile } from '../../app/files/save-file';
import { sessionFile, sessionStem, type SessionFileKind } from '../../app/files/session-file';
import type { ObservationStore } from '../../session/observation-store';
import type { SessionInfo } from '../../session/session-info';
import { useSettings } from '../use-settings';
import { Downloads, type DownloadChoice } from './Downloads';
import { FileWriting } from './FileWriting';
import { t } from '../../words/i18n';
import styles from './SessionDownloads.module.css';
import { useFileWriting } from './use-file-writing';

export interface SessionData {
  readonly info: SessionInfo;
  readonly store: ObservationStore;
}

interface Props {
  /** Loads the session if it is not in memory. Rejects with a `MienError`, or the signal's reason. */
  readonly load: (signal: AbortSignal) => Promise<SessionData>;
  /** Name of the video file without its extension. */
  readonly stem: string;
  /** The session's video; null if it has none. */
  readonly video: Blob | null;
  /** Adds the option to write CSV files for Excel. */
  readonly forExcel?: boolean;
}

/** Downloads a session's data as JSON or CSV, and its video. Slow downloads show progress and can be cancelled. */
export function SessionDownloads({ load, stem, video, forExcel = false }: Props) {
  const { state, write, cancel } = useFileWriting();
  const [{ csvForExcel: byteOrderMark }] = useSettings();
  const download = (kind: SessionFileKind) =>
    write(async (signal, onProgress) => {
      const { info, store } = await load(signal);
      const blob = await sessionFile(info, store, kind, { byteOrderMark, signal, onProgress });
      saveFile(blob, `${sessionStem(info)}.${kind}`);
    });
  const busy = state.status === 'running';
  return (
    <div className={styles['downloads']}>
      <Downloads
        label={t('Download the data')}
        groups={[
          {
            choices: [
              { id: 'json', kind: 'JSON', name: t('Download JSON'), isDisabled: busy, onSave: () => download('json') },
              { id: 'csv', kind: 'CSV', name: t('Download CSV'), isDisabled: busy, onSave: () => download('csv') },
              ...(video ? [videoChoice(stem, video)] : []),
            ],
          },
        ]}
        forExcel={forExcel}
      />
      <FileWriting state={state} onCancel={cancel} />
    </div>
  );
}

function videoChoice(stem: string, video: Blob): DownloadChoice {
  const extension = video.type.replace('video/', '');
  const values = { format: extension === 'mp4' ? 'MP4' : 'WebM', size: formatBytes(video.size) };
  return {
    id: 'video',
    kind: t('Video ({format}, {size})', values),
    name: t('Download video ({format}, {size})', values),
    onSave: () => saveFile(video, `${stem}.${extension}`),
  };
}
