import { bundleFile, type BundleKind, type SizedSession } from '../../app/files/bundle-file';
import { saveFile } from '../../app/files/save-file';
import { timeInName } from '../../export/file-names';
import { useSettings } from '../use-settings';
import { Button } from './Button';
import { FileWriting } from './FileWriting';
import { DownloadIcon } from './icons';
import styles from './SessionDownloads.module.css';
import { useFileWriting } from './use-file-writing';

interface Props {
  /** What they are called: "clips". */
  readonly noun: 'clips' | 'sessions';
  readonly sessions: readonly SizedSession[];
  /** They were picked among others; else they are all there are. */
  readonly selected?: boolean;
}

const ONE: Readonly<Record<Props['noun'], string>> = { clips: 'clip', sessions: 'session' };

/** The data of several clips or sessions with one press: one table, or a ZIP with the files of each. */
export function BundleDownloads({ noun, sessions, selected = false }: Props) {
  const { state, write, cancel } = useFileWriting();
  const [{ csvForExcel: byteOrderMark }] = useSettings();
  const download = (kind: BundleKind) =>
    write(async (signal, onProgress) => {
      const blob = await bundleFile(sessions, kind, { byteOrderMark, signal, onProgress });
      saveFile(blob, `mien-${noun}-${timeInName(new Date())}.${kind}`);
    });
  const which = selected ? `${sessions.length} selected ${sessions.length === 1 ? ONE[noun] : noun}` : `all ${noun}`;
  const busy = state.status === 'running';
  return (
    <div className={styles['downloads']}>
      <div className={styles['kinds']} role="group" aria-label={`Download ${which}`}>
        <DownloadIcon />
        <span className={styles['count']}>
          {selected ? `${sessions.length} selected` : `All ${sessions.length} ${noun}`}
        </span>
        <Button variant="quiet" aria-label={`Download ${which} as one CSV`} isDisabled={busy} onPress={() => download('csv')}>
          CSV
        </Button>
        <Button variant="quiet" aria-label={`Download ${which} as ZIP`} isDisabled={busy} onPress={() => download('zip')}>
          ZIP
        </Button>
      </div>
      <FileWriting state={state} onCancel={cancel} />
    </div>
  );
}
