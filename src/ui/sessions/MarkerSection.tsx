import { useState, useSyncExternalStore } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { readEvents } from '../../app/library/events-file';
import type { MarkerEditor } from '../../app/results/marker-editor';
import type { Playhead } from '../../app/results/playhead';
import type { Marker } from '../../session/session-info';
import { formatClock } from '../../words/format';
import { wordEvents, wordMarkerEdit } from '../../words/markers';
import { parseClock } from '../../words/parse-clock';
import { Button } from '../shared/Button';
import { EditableName } from '../shared/EditableName';
import { Message } from '../shared/Message';
import { UndoBar } from '../shared/UndoBar';
import { FlagIcon, ImportIcon, TrashIcon } from './icons';
import { t } from '../../words/i18n';
import styles from './MarkerSection.module.css';
import { useAction } from './use-action';
import { useFirstRows } from './use-first-rows';

interface Props {
  readonly editor: MarkerEditor;
  readonly playhead: Playhead;
  /** Duration of the session, the limit of markers. */
  readonly endMs: number;
}

/** A session's markers: added, moved, named and deleted by hand, or imported from an event file. */
export function MarkerSection({ editor, playhead, endMs }: Props) {
  const { markers, newest, trouble } = useSyncExternalStore(editor.subscribe, editor.getSnapshot);
  const { first, more } = useFirstRows(markers);
  const [note, setNote] = useState('');
  const { error: unread, run } = useAction();
  const addEvents = async (file: File) => {
    setNote('');
    const { markers: events, withoutTime } = await readEvents(file);
    const within = events.filter(({ atMs }) => atMs <= endMs);
    editor.add(within, 'imported');
    setNote(wordEvents(events.length, withoutTime, events.length - within.length));
  };
  return (
    <section className={styles['markers']} {...(markers.length === 0 && { 'data-unprinted': true })} aria-labelledby="markers-title">
      <header>
        <h3 id="markers-title">{t('Markers')}</h3>
        <Button variant="quiet" onPress={() => editor.add([{ atMs: playhead.timeMs, note: '' }])}>
          <FlagIcon />
          {t('Mark this moment')}
        </Button>
        <FileTrigger
          acceptedFileTypes={['.csv', '.tsv', '.txt', 'text/csv']}
          onSelect={(files) => {
            const [file] = files ?? [];
            if (file) run(() => addEvents(file));
          }}
        >
          <Button variant="quiet">
            <ImportIcon />
            {t('Events from a CSV')}
          </Button>
        </FileTrigger>
      </header>
      {markers.length === 0 && <p className={styles['hint']}>{t('Mark a moment, or add events from a table with a time and a label on each row. Statistics then tell what was shown between them.')}</p>}
      {unread && <Message error={unread} />}
      {note !== '' && <p role="status">{note}</p>}
      <ol>
        {first.map((marker, i) => (
          <MarkerRow key={`${marker.atMs} ${i}`} marker={marker} editor={editor} playhead={playhead} endMs={endMs} />
        ))}
      </ol>
      {more}
      {newest && <UndoBar words={wordMarkerEdit(newest.edit, newest.count)} done={newest} onUndo={() => editor.undo()} onDismiss={() => editor.dismiss()} />}
      {trouble && <Message error={trouble} />}
    </section>
  );
}

interface RowProps extends Props {
  readonly marker: Marker;
}

function MarkerRow({ marker, editor, playhead, endMs }: RowProps) {
  const { atMs, note } = marker;
  const time = formatClock(atMs, 1);
  const move = (typed: string) => {
    const ms = parseClock(typed);
    if (ms !== null && ms !== atMs) editor.move(marker, Math.min(ms, endMs));
  };
  return (
    <li>
      <EditableName name={time} label={t('Time of the marker')} onRename={move}>
        <Button variant="quiet" aria-label={t('Go to {time}', { time })} onPress={() => playhead.seek(atMs)}>
          <strong>{time}</strong>
        </Button>
      </EditableName>
      <EditableName name={note || t('No note')} label={t('Note of the marker')} onRename={(typed) => editor.rename(marker, typed)}>
        <Button variant="quiet" onPress={() => playhead.seek(atMs)}>
          {note || t('No note')}
        </Button>
      </EditableName>
      <Button variant="quiet" icon aria-label={t('Delete the marker at {time}', { time })} onPress={() => editor.delete(marker)}>
        <TrashIcon />
      </Button>
    </li>
  );
}
