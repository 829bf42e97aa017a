import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { MienError } from '../../engine/errors';
import { Cursor } from '../../app/results/cursor';
import { MarkerEditor } from '../../app/results/marker-editor';
import { peopleEditorOf } from '../../app/results/people-editor';
import type { Playhead } from '../../app/results/playhead';
import { sessionStem } from '../../app/files/session-file';
import { usualIntervalMs } from '../../session/frame-interval';
import { PeopleAssignment } from '../../session/people-edits';
import type { LoadedSession, SessionArchive } from '../../session/session-archive';
import { spanOf } from '../../session/session-info';
import { RecordingResults } from '../results/RecordingResults';
import { Message } from '../shared/Message';
import { IntervalTable } from './IntervalTable';
import { MarkerSection } from './MarkerSection';
import { Replay } from './Replay';
import { t } from '../../words/i18n';
import { sessionName } from '../../words/session';
import styles from './sessions.module.css';

interface Props {
  readonly session: LoadedSession;
  readonly archive: SessionArchive;
}

/** A session loaded from disk: its video if there is one, its people and markers. */
export function SessionContents({ session, archive }: Props) {
  const { info, store, damagedBatches } = session;
  const whole = useMemo(() => spanOf(info, store.getSnapshot().newestMs), [info, store]);
  const [cursor] = useState(() => new Cursor(whole.fromMs));
  const [playback, setPlayback] = useState<Playhead | null>(null);
  const playhead = playback ?? cursor;
  const [lanesPlace, setLanesPlace] = useState<HTMLElement | null>(null);
  const [picked, setPicked] = useState<number | null>(null);
  const [markerEditor] = useState(() => new MarkerEditor(info.markers, (change) => archive.editMarkers(info.id, change)));
  const { markers } = useSyncExternalStore(markerEditor.subscribe, markerEditor.getSnapshot);
  const isComplete = info.state === 'complete';
  const assignment = useAssignment(session);
  const intervalMs = useMemo(() => usualIntervalMs(store.readTimesMs()), [store]);
  useEffect(() => {
    // Seeks a newly chosen video to the current position.
    if (playback && cursor.timeMs > whole.fromMs) playback.seek(cursor.timeMs);
  }, [playback, cursor, whole]);
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
      {isComplete && info.frame && (
        <Replay info={info} frame={info.frame} store={store} intervalMs={intervalMs} whole={whole} focused={picked} onPlayback={setPlayback} lanes={setLanesPlace} />
      )}
      <RecordingResults
        store={store}
        whole={whole}
        lanesPlace={lanesPlace}
        intervalMs={intervalMs}
        playhead={playhead}
        markers={markers}
        editor={isComplete ? peopleEditorOf(info.id, info.people) : null}
        picked={picked}
        onPick={setPicked}
        {...(isComplete && { title: sessionName(info) })}
        nobody={t('No expression was read in this session.')}
      />
      {isComplete && (
        <>
          <MarkerSection editor={markerEditor} playhead={playhead} whole={whole} />
          <IntervalTable name={info.name} stem={sessionStem(info)} store={store} markers={markers} assignment={assignment} whole={whole} />
        </>
      )}
    </div>
  );
}

const NOTHING = () => () => undefined;

/** The assignment of tracks to people, with all edits so far. */
function useAssignment({ info }: LoadedSession): PeopleAssignment {
  const editor = info.state === 'complete' ? peopleEditorOf(info.id, info.people) : null;
  const asRead = useMemo(() => PeopleAssignment.of(info.people), [info.people]);
  return useSyncExternalStore(editor?.subscribe ?? NOTHING, () => editor?.getSnapshot().assignment ?? asRead);
}
