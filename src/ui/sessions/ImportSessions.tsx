import { useSyncExternalStore } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { sessionImports } from '../../app/library/session-imports';
import { goTo } from '../../app/navigation';
import { wordError } from '../../words/errors';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import { ImportIcon } from './icons';
import { t } from '../../words/i18n';
import styles from './sessions.module.css';

/** Imports sessions; opens the session if it is the only one. */
export function importSessions(files: readonly File[]): void {
  if (files.length === 0) return;
  void sessionImports.add(files).then(({ imported: [only, ...others], failed }) => {
    if (only && others.length === 0 && failed.length === 0) goTo('library', only.id);
  });
}

/** Opens a file picker for sessions exported as JSON. */
export function ImportButton() {
  return (
    <FileTrigger allowsMultiple acceptedFileTypes={['application/json', '.json']} onSelect={(files) => importSessions([...(files ?? [])])}>
      <Button variant="quiet">
        <ImportIcon />
        {t('Import sessions')}
      </Button>
    </FileTrigger>
  );
}

/** Progress and results of imports. */
export function ImportNotices() {
  const { running, waiting, imported, failed, moreFailed } = useSyncExternalStore(sessionImports.subscribe, sessionImports.getSnapshot);
  const changed = imported.filter(({ isSame }) => !isSame);
  return (
    <>
      {running && (
        <div className={styles['importing']}>
          <span>
            {t('Importing {file}', { file: running.file })}
            {waiting > 0 && ` ${t('({count} more to come)', { count: waiting })}`}
          </span>
          <ProgressBar className={styles['progress'] ?? ''} aria-label={t('Importing sessions')} value={running.share} maxValue={1}>
            <div style={{ transform: `scaleX(${running.share})` }} />
          </ProgressBar>
          <Button variant="quiet" onPress={() => sessionImports.cancel()}>
            {t('Cancel')}
          </Button>
        </div>
      )}
      {failed.map(({ file, session, error }, i) => {
        const { title, advice } = wordError(error);
        const place = [file, ...(session ? [t('session {number}', { number: session.number }), session.name] : [])].filter((part) => part !== '').join(' · ');
        return <Message key={`${i} ${file}`} error={error} wording={{ title: `${place}: ${title}`, advice }} />;
      })}
      {!running && (imported.length > 0 || failed.length > 0) && (
        <div className={styles['importing']} role="status" data-unprinted>
          <span>
            {imported.length === 1
              ? t('“{name}” was imported.', { name: imported[0]?.name ?? '' })
              : t('{count, plural, =0 {No session was imported.} one {# session was imported.} other {# sessions were imported.}}', { count: imported.length })}
            {moreFailed > 0 && ` ${t('{count, plural, one {# more session is damaged.} other {# more sessions are damaged.}}', { count: moreFailed })}`}
            {changed.length > 0 &&
              ` ${t('{count, plural, one {# file was} other {# files were}} written by another version of Mien or changed since: sums are computed anew.', { count: changed.length })}`}
          </span>
          <Button variant="quiet" onPress={() => sessionImports.dismiss()}>
            {t('Dismiss')}
          </Button>
        </div>
      )}
    </>
  );
}
