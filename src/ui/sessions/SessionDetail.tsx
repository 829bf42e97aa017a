import { useState } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { sensitivitiesOf } from '../../session/reading-account';
import type { ArchivedSession, SessionArchive } from '../../session/session-archive';
import { goTo } from '../../app/navigation';
import { BlobPicture } from '../shared/BlobPicture';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import { PrintReport } from '../shared/PrintReport';
import { ReadBy } from '../shared/ReadBy';
import { SessionDownloads } from '../shared/SessionDownloads';
import { sessionStem } from '../../app/files/session-file';
import { useSessionVideo } from '../shared/use-session-video';
import { BackIcon, TrashIcon } from './icons';
import { wordReading } from '../../words/reading';
import { peopleIn } from './people-in';
import { describeSession, sessionName } from '../../words/session';
import { SessionContents } from './SessionContents';
import { SessionName } from './SessionName';
import { t } from '../../words/i18n';
import paper from '../shared/Paper.module.css';
import styles from './sessions.module.css';
import { EditTags } from './Tags';
import type { RunAction } from './use-action';
import { useLoadedSession } from './use-loaded-session';

interface Props {
  readonly id: string;
  /** The session's list entry; null if it is no longer listed. */
  readonly archived: ArchivedSession | null;
  readonly archive: SessionArchive;
  /** Tags of all sessions. */
  readonly known: readonly string[];
  readonly onDelete: (id: string, name: string) => void;
  readonly run: RunAction;
}

/** One session: everyone in it over time, its markers, and actions. */
export function SessionDetail({ id, archived, archive, known, onDelete, run }: Props) {
  const video = useSessionVideo(id);
  // A new session appears in the list slightly later.
  const [lastListed, setListed] = useState(archived);
  if (archived && archived !== lastListed) setListed(archived);
  return (
    <>
      <Button variant="quiet" onPress={() => goTo('library')}>
        <BackIcon />
        {t('All sessions')}
      </Button>
      {archived && (
        <header className={styles['header']}>
          {archived.thumbnail && <BlobPicture blob={archived.thumbnail} alt="" className={paper['picture']} />}
          <div className={styles['words']}>
            <SessionName session={archived} onRename={(name) => run(() => archive.rename(id, name))} onOpen={null} />
            <p className={styles['detail']}>{describeSession(archived, peopleIn(archived))}</p>
            {archived.reading && archived.state === 'complete' && <p className={styles['detail']}>{wordReading(archived.reading, archived.durationMs)}</p>}
            <ReadBy model={archived.model} sensitivities={sensitivitiesOf(archived.reading)} />
            <EditTags session={archived} known={known} onTag={(tags) => run(() => archive.tag(tags))} />
          </div>
          <div className={styles['tools']} data-unprinted>
            <PrintReport words={t('Print a report')} hasPictures={archived.thumbnail !== null} onPrint={() => print()} />
            {/* Loaded again, because the name or the data may have changed. */}
            <SessionDownloads load={(signal) => archive.load(id, { signal })} stem={sessionStem(archived)} video={video} forExcel />
            <Button variant="quiet" icon aria-label={t('Delete {name}', { name: sessionName(archived) })} onPress={() => onDelete(id, sessionName(archived))}>
              <TrashIcon />
            </Button>
          </div>
        </header>
      )}
      {lastListed && !archived ? (
        <p role="status">{t('“{name}” was deleted', { name: sessionName(lastListed) })}</p>
      ) : (
        // A restored session is loaded again: editing the markers as first loaded would overwrite later ones on disk.
        <StoredSession id={id} archive={archive} />
      )}
    </>
  );
}

function StoredSession({ id, archive }: Pick<Props, 'id' | 'archive'>) {
  const state = useLoadedSession(archive, id);
  switch (state.status) {
    case 'loading':
      return (
        <ProgressBar className={styles['progress'] ?? ''} aria-label={t('Reading the session')} value={state.share} maxValue={1}>
          <div style={{ transform: `scaleX(${state.share})` }} />
        </ProgressBar>
      );
    case 'failed':
      return (
        <Message error={state.error}>
          <Button onPress={state.retry}>{t('Try again')}</Button>
        </Message>
      );
    case 'ready':
      return <SessionContents session={state.session} archive={archive} />;
  }
}
