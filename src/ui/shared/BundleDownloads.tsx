import { useState } from 'react';
import { MienError } from '../../engine/errors';
import { bundleFile, watchDamage, type BundleKind, type SizedSession } from '../../app/files/bundle-file';
import { saveFile } from '../../app/files/save-file';
import { timeInName } from '../../export/file-names';
import { formatList } from '../../words/format';
import { sessionName } from '../../words/session';
import { useSettings } from '../use-settings';
import { Downloads } from './Downloads';
import { FileWriting } from './FileWriting';
import { Message } from './Message';
import { t } from '../../words/i18n';
import styles from './SessionDownloads.module.css';
import { useFileWriting } from './use-file-writing';

interface Props {
  /** Shown to the user. */
  readonly noun: 'clips' | 'sessions';
  readonly sessions: readonly SizedSession[];
  /** True if the user selected them; false if these are all of them. */
  readonly selected?: boolean;
  /** Adds the option to write CSV files for Excel. */
  readonly forExcel?: boolean;
}

/** Downloads several clips or sessions at once: as one table, one list, or a ZIP with the files of each. */
export function BundleDownloads({ noun, sessions, selected = false, forExcel = false }: Props) {
  const { state, write, cancel } = useFileWriting();
  /** Names of the sessions in the last file of which parts were lost. */
  const [damaged, setDamaged] = useState<readonly string[]>([]);
  const [{ csvForExcel: byteOrderMark }] = useSettings();
  const download = (kind: BundleKind) =>
    write(async (signal, onProgress) => {
      const names = new Map<string, string>();
      setDamaged([]);
      const blob = await bundleFile(watchDamage(sessions, (info) => names.set(info.id, sessionName(info))), kind, { byteOrderMark, signal, onProgress });
      saveFile(blob, `mien-${noun}-${timeInName(new Date())}.${kind}`);
      setDamaged([...names.values()]);
    });
  const about = { count: sessions.length, what: selected ? `selected-${noun}` : noun };
  const busy = state.status === 'running';
  return (
    <div className={styles['downloads']}>
      <Downloads
        label={t('{what, select, clips {Download all clips} sessions {Download all sessions} other {{count, plural, one {Download # selected session} other {Download # selected sessions}}}}', about)}
        groups={[
          {
            scope: t('{what, select, clips {{count, plural, one {# clip} other {All # clips}}} sessions {{count, plural, one {# session} other {All # sessions}}} other {{count, plural, other {# selected}}}}', about),
            choices: [
              { id: 'json', kind: 'JSON', name: t('{what, select, clips {Download all clips as one JSON} sessions {Download all sessions as one JSON} other {{count, plural, one {Download # selected session as one JSON} other {Download # selected sessions as one JSON}}}}', about), isDisabled: busy, onSave: () => download('json') },
              { id: 'csv', kind: 'CSV', name: t('{what, select, clips {Download all clips as one CSV} sessions {Download all sessions as one CSV} other {{count, plural, one {Download # selected session as one CSV} other {Download # selected sessions as one CSV}}}}', about), isDisabled: busy, onSave: () => download('csv') },
              { id: 'zip', kind: 'ZIP', name: t('{what, select, clips {Download all clips as ZIP} sessions {Download all sessions as ZIP} other {{count, plural, one {Download # selected session as ZIP} other {Download # selected sessions as ZIP}}}}', about), isDisabled: busy, onSave: () => download('zip') },
            ],
          },
        ]}
        forExcel={forExcel}
      />
      <FileWriting state={state} onCancel={cancel} />
      {damaged.length > 0 && (
        <Message
          error={new MienError('storage', 'damaged', damaged.join(', '))}
          wording={{
            title: t('{count, plural, one {A session in this file is damaged} other {# sessions in this file are damaged}}', { count: damaged.length }),
            advice: t('Frames of {names} cannot be read any more. The rest is in the file, which counts them as left out.', { names: formatList(damaged.map((name) => `“${name}”`)) }),
          }}
        />
      )}
    </div>
  );
}
