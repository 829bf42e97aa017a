import { bundleFile, type BundleKind, type SizedSession } from '../../app/files/bundle-file';
import { saveFile } from '../../app/files/save-file';
import { timeInName } from '../../export/file-names';
import { useSettings } from '../use-settings';
import { Button } from './Button';
import { FileWriting } from './FileWriting';
import { DownloadIcon } from './icons';
import { t } from '../../words/i18n';
import styles from './SessionDownloads.module.css';
import { useFileWriting } from './use-file-writing';

interface Props {
  /** What they are called: "clips". */
  readonly noun: 'clips' | 'sessions';
  readonly sessions: readonly SizedSession[];
  /** They were picked among others; else they are all there are. */
  readonly selected?: boolean;
}

/** The data of several clips or sessions with one press: one table, one list, or a ZIP with the files of each. */
export function BundleDownloads({ noun, sessions, selected = false }: Props) {
  const { state, write, cancel } = useFileWriting();
  const [{ csvForExcel: byteOrderMark }] = useSettings();
  const download = (kind: BundleKind) =>
    write(async (signal, onProgress) => {
      const blob = await bundleFile(sessions, kind, { byteOrderMark, signal, onProgress });
      saveFile(blob, `mien-${noun}-${timeInName(new Date())}.${kind}`);
    });
  const about = { count: sessions.length, what: selected ? `selected-${noun}` : noun };
  const busy = state.status === 'running';
  return (
    <div className={styles['downloads']}>
      <div className={styles['kinds']} role="group" aria-label={t('{what, select, clips {Download all clips} sessions {Download all sessions} other {{count, plural, one {Download # selected session} other {Download # selected sessions}}}}', about)}>
        <DownloadIcon />
        <span className={styles['count']}>
          {t('{what, select, clips {{count, plural, one {# clip} other {All # clips}}} sessions {{count, plural, one {# session} other {All # sessions}}} other {{count, plural, other {# selected}}}}', about)}
        </span>
        <Button variant="quiet" aria-label={t('{what, select, clips {Download all clips as one JSON} sessions {Download all sessions as one JSON} other {{count, plural, one {Download # selected session as one JSON} other {Download # selected sessions as one JSON}}}}', about)} isDisabled={busy} onPress={() => download('json')}>
          JSON
        </Button>
        <Button variant="quiet" aria-label={t('{what, select, clips {Download all clips as one CSV} sessions {Download all sessions as one CSV} other {{count, plural, one {Download # selected session as one CSV} other {Download # selected sessions as one CSV}}}}', about)} isDisabled={busy} onPress={() => download('csv')}>
          CSV
        </Button>
        <Button variant="quiet" aria-label={t('{what, select, clips {Download all clips as ZIP} sessions {Download all sessions as ZIP} other {{count, plural, one {Download # selected session as ZIP} other {Download # selected sessions as ZIP}}}}', about)} isDisabled={busy} onPress={() => download('zip')}>
          ZIP
        </Button>
      </div>
      <FileWriting state={state} onCancel={cancel} />
    </div>
  );
}
