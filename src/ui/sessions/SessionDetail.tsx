import { useMemo, useState } from 'react';
import { MienError } from '../../engine/errors';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { usualIntervalMs } from '../../session/frame-interval';
import type { ArchivedSession, LoadedSession, SessionArchive } from '../../session/session-archive';
import { formatClock } from '../../words/format';
import { goTo } from '../../app/navigation';
import { Cursor } from '../../app/results/cursor';
import { peopleEditorOf } from '../../app/results/people-editor';
import { RecordingResults } from '../results/RecordingResults';
import { Button } from '../shared/Button';
import { ExcelChoice } from '../shared/ExcelChoice';
import { Message } from '../shared/Message';
import { SessionDownloads } from '../shared/SessionDownloads';
import { sessionStem } from '../../app/files/session-file';
import { SessionVideoDownload } from '../shared/VideoDownload';
import { BackIcon, TrashIcon } from './icons';
import { wordReading } from '../../words/reading';
import { peopleIn } from './people-in';
import { describeSession, sessionName } from '../../words/session';
import { SessionName } from './SessionName';
import { t } from '../../words/i18n';
import styles from './sessions.module.css';
import type { RunAction } from './use-action';
import { useLoadedSession } from './use-loaded-session';

interface Props {
  readonly id: string;
  /** As the list knows it; null: it is not in the list any more. */
  readonly archived: ArchivedSession | null;
  readonly archive: SessionArchive;
  readonly onDelete: (id: string, name: string) => void;
  readonly run: RunAction;
}

/** One session: everybody in it over time, its markers, and what to do with it. */
export function SessionDetail({ id, archived, archive, onDelete, run }: Props) {
  const state = useLoadedSession(archive, id);
  return (
    <>
      <Button variant="quiet" onPress={() => goTo('library')}>
        <BackIcon />
        {t('All sessions')}
      </Button>
      {archived && (
        <header className={styles['header']}>
          <div className={styles['words']}>
            <SessionName session={archived} onRename={(name) => run(() => archive.rename(id, name))} onOpen={null} />
            <p className={styles['detail']}>{describeSession(archived, peopleIn(archived))}</p>
            {archived.reading && archived.state === 'complete' && <p className={styles['detail']}>{wordReading(archived.reading, archived.durationMs)}</p>}
          </div>
          <div className={styles['tools']}>
            {/* Read anew: the name, or more of it, may have come since. */}
            <SessionDownloads load={(signal) => archive.load(id, { signal })} />
            <ExcelChoice />
            <SessionVideoDownload sessionId={id} stem={sessionStem(archived)} />
            <Button variant="quiet" icon aria-label={t('Delete {name}', { name: sessionName(archived) })} onPress={() => onDelete(id, sessionName(archived))}>
              <TrashIcon />
            </Button>
          </div>
        </header>
      )}
      {state.status === 'loading' && (
        <ProgressBar className={styles['progress'] ?? ''} aria-label={t('Reading the session')} value={state.share} maxValue={1}>
          <div style={{ transform: `scaleX(${state.share})` }} />
        </ProgressBar>
      )}
      {state.status === 'failed' && (
        <Message error={state.error}>
          <Button onPress={state.retry}>{t('Try again')}</Button>
        </Message>
      )}
      {state.status === 'ready' && <Contents session={state.session} />}
    </>
  );
}

function Contents({ session }: { readonly session: LoadedSession }) {
  const { info, store, damagedBatches } = session;
  const [cursor] = useState(() => new Cursor());
  const [picked, setPicked] = useState<number | null>(null);
  const intervalMs = useMemo(() => usualIntervalMs(store.timesMs()), [store]);
  // A recording may end long after its last frame, and a video's times are those of its frames.
  const whole = useMemo(() => ({ fromMs: 0, toMs: Math.max(info.durationMs, store.getSnapshot().newestMs ?? 0, 1) }), [info, store]);
  return (
    <div className={styles['contents']}>
      {damagedBatches > 0 && (
        <Message
          error={new MienError('storage', 'damaged', `${damagedBatches} of ${info.batches} batches`)}
          wording={{
            title: t('Part of this session is damaged'),
            advice: t('{damaged} of {all, plural, one {# piece} other {# pieces}} cannot be read any more. The rest is shown, and is in what you download.', { damaged: damagedBatches, all: info.batches }),
          }}
        />
      )}
      <RecordingResults
        store={store}
        whole={whole}
        intervalMs={intervalMs}
        playhead={cursor}
        markers={info.markers}
        editor={info.state === 'complete' ? peopleEditorOf(info.id, info.people) : null}
        picked={picked}
        onPick={setPicked}
        nobody={t('Nobody’s expression was read in this session.')}
      />
      {info.markers.length > 0 && (
        <section className={styles['markers']} aria-labelledby="markers-title">
          <h3 id="markers-title">{t('Markers')}</h3>
          <ol>
            {info.markers.map(({ atMs, note }) => (
              <li key={atMs}>
                <Button variant="quiet" onPress={() => cursor.seek(atMs)}>
                  <strong>{formatClock(atMs, 1)}</strong> {note || t('No note')}
                </Button>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}
