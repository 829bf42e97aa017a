import { saveFile } from '../../app/files/save-file';
import { sessionFile, sessionStem, type SessionFileKind } from '../../app/files/session-file';
import type { ObservationStore } from '../../session/observation-store';
import type { SessionInfo } from '../../session/session-info';
import { useSettings } from '../use-settings';
import { Button } from './Button';
import { FileWriting } from './FileWriting';
import { DownloadIcon } from './icons';
import { t } from '../../words/i18n';
import styles from './SessionDownloads.module.css';
import { useFileWriting } from './use-file-writing';

export interface SessionData {
  readonly info: SessionInfo;
  readonly store: ObservationStore;
}

interface Props {
  /** Reads the session, where it is not at hand already. Rejects with a `MienError`, or the signal's reason. */
  readonly load: (signal: AbortSignal) => Promise<SessionData>;
}

/** A session's data as files: JSON or CSV. Long ones show their progress, and can be cancelled. */
export function SessionDownloads({ load }: Props) {
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
      <div className={styles['kinds']} role="group" aria-label={t('Download the data')}>
        <DownloadIcon />
        <Button variant="quiet" aria-label={t('Download JSON')} isDisabled={busy} onPress={() => download('json')}>
          JSON
        </Button>
        <Button variant="quiet" aria-label={t('Download CSV')} isDisabled={busy} onPress={() => download('csv')}>
          CSV
        </Button>
      </div>
      <FileWriting state={state} onCancel={cancel} />
    </div>
  );
}
