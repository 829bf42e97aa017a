import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { MienError } from '../../engine/errors';
import type { ArchivedSession, SessionArchive } from '../../session/session-archive';
import { droppedModel, partModel } from '../../app/files/dropped-model';
import { kindOf } from '../../app/files/sort-files';
import { chooseFile, fitOf } from '../../app/library/replay-file';
import { goTo, replacePlace } from '../../app/navigation';
import { usePageTitle } from '../use-page-title';
import { usePlace } from '../use-place';
import { isUndoable, lastDeletion } from '../../app/library/last-deletion';
import { recallLibraryView, rememberLibraryView } from '../../app/library/library-view';
import { chooseSessions } from '../../app/library/session-choice';
import { sessionImports } from '../../app/library/session-imports';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import { UndoBar } from '../shared/UndoBar';
import { useReadingList } from '../read/use-reading-list';
import { useKeptFocus } from '../shared/use-kept-focus';
import { DropHint } from '../shared/DropHint';
import { DroppedModelNotice } from '../shared/DroppedModelNotice';
import { useIncomingFiles } from '../shared/use-incoming-files';
import { CompareSessions } from './CompareSessions';
import { EmptySessions } from './EmptySessions';
import { importSessions, ImportNotices } from './ImportSessions';
import { KeptPhotosCard } from './KeptPhotosCard';
import { LibraryTools } from './LibraryTools';
import { SessionDetail } from './SessionDetail';
import { SessionList } from './SessionList';
import { StorageBar } from './StorageBar';
import { t } from '../../words/i18n';
import { sessionName } from '../../words/session';
import { tagsOf } from './Tags';
import styles from './sessions.module.css';
import { useAction } from './use-action';
import { useSessions, type SessionsOnDevice } from './use-sessions';

/** Sessions recorded and analysed on this device. */
export default function SessionsTab() {
  const state = useSessions();
  if (state.status === 'loading') return <p className={styles['loading']}>{t('Loading…')}</p>;
  if (state.status === 'failed') {
    return (
      <Message error={state.error}>
        <Button onPress={state.retry}>{t('Try again')}</Button>
      </Message>
    );
  }
  return <Sessions archive={state.archive} sessions={state.sessions} />;
}

/** Imports sessions. Model files are offered to the Lab. */
async function takeOthers(files: readonly File[]): Promise<void> {
  const parted = await partModel(files);
  if (parted) droppedModel.set(parted.model);
  importSessions(parted?.others ?? files);
}

const NONE: ReadonlySet<string> = new Set();

function Sessions({ archive, sessions }: { readonly archive: SessionArchive; readonly sessions: SessionsOnDevice }) {
  const [sessionId = null, one, other] = usePlace().path;
  const deletion = useSyncExternalStore(lastDeletion.subscribe, lastDeletion.getSnapshot);
  const [openedAtMs] = useState(() => Date.now());
  const deleted = deletion && isUndoable(deletion, openedAtMs) ? deletion : null;
  // The selection is not remembered.
  const [library, setLibrary] = useState(() => ({ ...recallLibraryView(sessions.sessions), ticked: NONE }));
  const { imported } = useSyncExternalStore(sessionImports.subscribe, sessionImports.getSnapshot);
  const [lastImported, setLastImported] = useState(imported);
  if (imported !== lastImported) {
    setLastImported(imported);
    // A search could hide the imported sessions. Only the first one clears it: the user may be typing while others follow.
    if (imported.length > 0 && lastImported.length === 0) setLibrary({ ...library, search: '' });
  }
  useEffect(() => rememberLibraryView(library, sessions.sessions), [library, sessions]);
  const { error, run } = useAction();
  const view = useRef<HTMLDivElement>(null);
  const [printPlace, setPrintPlace] = useState<HTMLElement | null>(null);
  const { add } = useReadingList();
  const open = sessions.sessions.find(({ id }) => id === sessionId);
  const take = (files: readonly File[]) => {
    const media = files.filter((file) => kindOf(file) !== null);
    const [video, ...others] = media;
    void takeOthers(files.filter((file) => !media.includes(file)));
    if (!video) return;
    if (open?.kind === 'video' && others.length === 0 && fitOf(open, video) !== 'other') return chooseFile(open.id, video);
    goTo('read');
    add(media);
  };
  const { dragging } = useIncomingFiles(view, take);
  const undo = useRef<HTMLDivElement>(null);
  useKeptFocus(view, undo, `${sessions.sessions.length} ${sessionId} ${deleted !== null}`);

  const remove = useCallback(
    (id: string, name: string) =>
      run(async () => {
        const atMs = Date.now();
        await archive.trash([id]);
        lastDeletion.set({ ids: [id], words: t('“{name}” was deleted', { name }), atMs });
        replacePlace('library');
      }),
    [archive, run],
  );
  const removeSeveral = (several: readonly ArchivedSession[]) =>
    run(async () => {
      const ids = several.map(({ id }) => id);
      const atMs = Date.now();
      await archive.trash(ids);
      lastDeletion.set({ ids, words: t('{count, plural, =1 {One session was deleted} one {# session was deleted} other {# sessions were deleted}}', { count: ids.length }), atMs });
      setLibrary({ ...library, ticked: NONE });
    });
  const shown = chooseSessions(sessions.sessions, library.search, library.order);
  const complete = shown.filter(({ state }) => state === 'complete');
  const ticked = complete.filter(({ id }) => library.ticked.has(id));
  usePageTitle(open ? [sessionName(open), t('Library')] : sessionId === 'compare' ? [t('Comparison'), t('Library')] : [t('Library')]);
  return (
    <div ref={view} className={[styles['tab'], styles['printable']].join(' ')} tabIndex={-1}>
      <div ref={setPrintPlace} data-report />
      <h2 className="visually-hidden">{t('Sessions')}</h2>
      {error && <Message error={error} />}
      <DroppedModelNotice />
      <ImportNotices />
      {dragging && <DropHint>{t('Drop sessions that Mien wrote as JSON, or photos and videos to read')}</DropHint>}
      {sessionId === 'compare' && one !== undefined && other !== undefined ? (
        <CompareSessions key={`${one} ${other}`} archive={archive} ids={[one, other]} />
      ) : sessionId === null ? (
        <>
          {sessions.damaged.length > 0 && (
            <Message
              error={new MienError('storage', 'damaged', sessions.damaged.join(', '))}
              wording={{
                title: t('{count, plural, =1 {One session is damaged} one {# session is damaged} other {# sessions are damaged}}', { count: sessions.damaged.length }),
                advice: t('What is left of it can no longer be read. The others are unharmed.'),
              }}
            >
              <Button onPress={() => run(() => archive.delete(sessions.damaged))}>{t('Delete what is damaged')}</Button>
            </Message>
          )}
          {library.search === '' && <KeptPhotosCard />}
          {sessions.sessions.length === 0 ? (
            <EmptySessions />
          ) : (
            <>
              {sessions.sessions.length > 0 && (
                <LibraryTools
                  archive={archive}
                  search={library.search}
                  onSearch={(search) => setLibrary({ ...library, search })}
                  order={library.order}
                  onOrder={(order) => setLibrary({ ...library, order })}
                  shown={complete}
                  ticked={ticked}
                  onTick={(ids) => setLibrary({ ...library, ticked: new Set(ids) })}
                  sessions={sessions.sessions}
                  onTag={(tags) => run(() => archive.tag(tags))}
                  onDelete={removeSeveral}
                  printPlace={printPlace}
                />
              )}
              {shown.length === 0 && <p role="status">{t('No session has “{search}” in its name or tags.', { search: library.search })}</p>}
              <SessionList
                archive={archive}
                sessions={{ ...sessions, sessions: shown }}
                ticked={library.ticked}
                onTick={(ids, on) => setLibrary({ ...library, ticked: new Set([...[...library.ticked].filter((each) => !ids.includes(each)), ...(on ? ids : [])]) })}
                onSearch={(search) => setLibrary({ ...library, search })}
                onDelete={remove}
                onDeleteTicked={() => removeSeveral(ticked)}
                run={run}
              />
              <StorageBar
                sessions={sessions}
                onDeleteAll={() =>
                  run(async () => {
                    await archive.deleteAll();
                    lastDeletion.set(null);
                    setLibrary((before) => ({ ...before, search: '', ticked: NONE }));
                  })
                }
              />
            </>
          )}
        </>
      ) : (
        <SessionDetail key={sessionId} id={sessionId} archived={open ?? null} archive={archive} known={tagsOf(sessions.sessions)} onDelete={remove} run={run} />
      )}
      {deleted && (
        <UndoBar
          ref={undo}
          words={deleted.words}
          done={deleted}
          onUndo={() =>
            run(async () => {
              await archive.restore(deleted.ids);
              lastDeletion.set(null);
            })
          }
          onDismiss={() => lastDeletion.set(null)}
        />
      )}
    </div>
  );
}
