import type { ArchivedSession, SessionArchive } from '../../session/session-archive';
import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import { SessionDownloads } from '../shared/SessionDownloads';
import { sessionStem } from '../../app/files/session-file';
import { useSessionVideo } from '../shared/use-session-video';
import { TrashIcon } from './icons';
import { peopleIn } from './people-in';
import { describeSession, sessionName } from '../../words/session';
import { SessionName } from './SessionName';
import { SessionStrip } from './SessionStrip';
import { SessionThumbnail } from './SessionThumbnail';
import { t } from '../../words/i18n';
import styles from './sessions.module.css';
import { TagLinks } from './Tags';
import type { RunAction } from './use-action';
import { useSessionKeys } from './use-session-keys';
import type { SessionsOnDevice } from './use-sessions';

interface Props {
  readonly archive: SessionArchive;
  readonly sessions: SessionsOnDevice;
  /** Ids of the selected sessions. */
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ids: readonly string[], ticked: boolean) => void;
  /** Filters the list by a tag. */
  readonly onSearch: (tag: string) => void;
  readonly onDelete: (id: string, name: string) => void;
  readonly onDeleteTicked: () => void;
  readonly run: RunAction;
}

/** The sessions in the chosen order, each with a strip of its strongest expressions. */
export function SessionList({ archive, sessions, ticked, onTick, onSearch, onDelete, onDeleteTicked, run }: Props) {
  const { list, tick } = useSessionKeys(sessions.sessions.filter(({ state }) => state === 'complete'), { ticked, onTick, onDelete, onDeleteTicked });
  return (
    <ul ref={list} className={styles['list']} aria-label={t('Sessions')}>
      {sessions.sessions.map((session) => (
        <li key={session.id} className={styles['session']} data-session={session.id}>
          {session.state === 'complete' && (
            <label className={styles['tick']}>
              <input type="checkbox" aria-label={t('Select {name}', { name: sessionName(session) })} checked={ticked.has(session.id)} onChange={({ target, nativeEvent }) => tick(session.id, target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)} />
            </label>
          )}
          <SessionThumbnail session={session} />
          <div className={styles['words']}>
            <SessionName session={session} onRename={(name) => run(() => archive.rename(session.id, name))} onOpen={() => goTo('library', session.id)} />
            <p className={styles['detail']}>{describeSession(session, peopleIn(session))}</p>
            <TagLinks tags={session.tags} onSearch={onSearch} />
          </div>
          <SessionStrip session={session} archive={archive} />
          <StateBadge session={session} interrupted={sessions.interrupted.has(session.id)} />
          <div className={styles['tools']}>
            <Downloads session={session} archive={archive} />
            <Button
              variant="quiet"
              icon
              aria-label={t('Delete {name}', { name: sessionName(session) })}
              isDisabled={isRecording(session, sessions)}
              onPress={() => onDelete(session.id, sessionName(session))}
            >
              <TrashIcon />
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Downloads({ session, archive }: { readonly session: ArchivedSession; readonly archive: SessionArchive }) {
  const video = useSessionVideo(session.id);
  return <SessionDownloads load={(signal) => archive.load(session.id, { signal })} stem={sessionStem(session)} video={video} />;
}

function isRecording({ id, state }: ArchivedSession, { interrupted }: SessionsOnDevice): boolean {
  return state === 'open' && !interrupted.has(id);
}

function StateBadge({ session, interrupted }: { readonly session: ArchivedSession; readonly interrupted: boolean }) {
  if (session.state === 'complete') return null;
  const underWay = session.kind === 'video' ? t('Being analysed') : t('Being recorded');
  return <span className={styles['badge']}>{interrupted ? t('Interrupted') : underWay}</span>;
}
