import { useCallback, useRef, useState } from 'react';
import { MienError } from '../../engine/errors';
import type { SessionArchive } from '../../session/session-archive';
import { replacePlace } from '../../app/navigation';
import { usePageTitle } from '../use-page-title';
import { usePlace } from '../use-place';
import { sessionStem } from '../../app/files/session-file';
import { BundleDownloads } from '../shared/BundleDownloads';
import { Button } from '../shared/Button';
import { ExcelChoice } from '../shared/ExcelChoice';
import { Message } from '../shared/Message';
import { UndoBar } from '../shared/UndoBar';
import { useKeptFocus } from '../shared/use-kept-focus';
import { EmptySessions } from './EmptySessions';
import { SessionDetail } from './SessionDetail';
import { SessionList } from './SessionList';
import { StorageBar } from './StorageBar';
import styles from './sessions.module.css';
import { useAction } from './use-action';
import { useSessions, type SessionsOnDevice } from './use-sessions';

/** What was recorded and analysed on this device. */
export default function SessionsTab() {
  const state = useSessions();
  if (state.status === 'loading') return <p className={styles['loading']}>Loading…</p>;
  if (state.status === 'failed') {
    return (
      <Message error={state.error}>
        <Button onPress={state.retry}>Try again</Button>
      </Message>
    );
  }
  return <Sessions archive={state.archive} sessions={state.sessions} />;
}

/** What was deleted last, for as long as it can be brought back. */
interface Deleted {
  readonly ids: readonly string[];
  readonly words: string;
}

function Sessions({ archive, sessions }: { readonly archive: SessionArchive; readonly sessions: SessionsOnDevice }) {
  const sessionId = usePlace().path[0] ?? null;
  const [deleted, setDeleted] = useState<Deleted | null>(null);
  const { error, run } = useAction();
  const view = useRef<HTMLDivElement>(null);
  const undo = useRef<HTMLDivElement>(null);
  useKeptFocus(view, undo, `${sessions.sessions.length} ${sessionId} ${deleted !== null}`);

  const remove = useCallback(
    (id: string, name: string) =>
      run(async () => {
        await archive.trash([id]);
        setDeleted({ ids: [id], words: `“${name}” was deleted` });
        replacePlace('library');
      }),
    [archive, run],
  );
  const complete = sessions.sessions
    .filter(({ state }) => state === 'complete')
    .map((session) => ({ stem: sessionStem(session), samples: session.frames + session.skippedFrames, load: () => archive.load(session.id) }));
  const open = sessions.sessions.find(({ id }) => id === sessionId);
  usePageTitle(open ? [open.name, 'Library'] : ['Library']);
  return (
    <div ref={view} className={styles['tab']} tabIndex={-1}>
      <h2 className="visually-hidden">Sessions</h2>
      {error && <Message error={error} />}
      {sessionId === null ? (
        <>
          {sessions.damaged.length > 0 && (
            <Message
              error={new MienError('storage', 'damaged', sessions.damaged.join(', '))}
              wording={{
                title: sessions.damaged.length === 1 ? 'One session is damaged' : `${sessions.damaged.length} sessions are damaged`,
                advice: 'What is left of it cannot be read any more. The others are as they were.',
              }}
            >
              <Button onPress={() => run(() => archive.delete(sessions.damaged))}>Delete what is damaged</Button>
            </Message>
          )}
          {sessions.sessions.length === 0 ? (
            <EmptySessions />
          ) : (
            <>
              {complete.length > 1 && (
                <div className={styles['tools']}>
                  <BundleDownloads noun="sessions" sessions={complete} />
                  <ExcelChoice />
                </div>
              )}
              <SessionList archive={archive} sessions={sessions} onDelete={remove} run={run} />
              <StorageBar sessions={sessions} onDeleteAll={() => run(() => archive.deleteAll())} />
            </>
          )}
        </>
      ) : (
        <SessionDetail key={sessionId} id={sessionId} archived={open ?? null} archive={archive} onDelete={remove} run={run} />
      )}
      {deleted && (
        <UndoBar
          ref={undo}
          words={deleted.words}
          onUndo={() =>
            run(async () => {
              await archive.restore(deleted.ids);
              setDeleted(null);
            })
          }
          onDismiss={() => setDeleted(null)}
        />
      )}
    </div>
  );
}
