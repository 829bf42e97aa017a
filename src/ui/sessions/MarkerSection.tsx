import { memo, useDeferredValue, useState, useSyncExternalStore } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { MOST_EVENTS, readEvents } from '../../app/library/events-file';
import { markerId, typedTime, unknownMarkers, type MarkerEditor } from '../../app/results/marker-editor';
import type { Playhead } from '../../app/results/playhead';
import { MOST_MARKERS, type Marker, type SessionSpan } from '../../session/session-info';
import { editableClock, formatClock } from '../../words/format';
import { wordEvents, wordMarkerEdit, wordTooManyEvents } from '../../words/markers';
import { Button } from '../shared/Button';
import { EditableName } from '../shared/EditableName';
import { FileWriting } from '../shared/FileWriting';
import { Message } from '../shared/Message';
import { UndoBar } from '../shared/UndoBar';
import { useFileWriting } from '../shared/use-file-writing';
import { useLanguage } from '../use-language';
import { FlagIcon, ImportIcon, TrashIcon } from './icons';
import { t } from '../../words/i18n';
import styles from './MarkerSection.module.css';
import { useFirstRows, type RowMedia } from './use-first-rows';

interface Props {
  readonly editor: MarkerEditor;
  readonly playhead: Playhead;
  /** The limits of markers. */
  readonly whole: SessionSpan;
}

/** A session's markers: added, moved, named and deleted by hand, or imported from an event file. */
export function MarkerSection({ editor, playhead, whole }: Props) {
  const editing = useSyncExternalStore(editor.subscribe, editor.getSnapshot);
  const { markers, newest, trouble } = editing;
  // The rows follow in an interruptible rendering.
  const listed = useDeferredValue(editing);
  const [note, setNote] = useState('');
  const { state: importing, write: read, cancel } = useFileWriting();
  const addEvents = (file: File) => {
    setNote('');
    read(async (signal, onProgress) => {
      const { markers: events, withoutTime } = await readEvents(file, { signal, onProgress });
      const within = events.filter(({ atMs }) => atMs >= whole.fromMs && atMs <= whole.toMs);
      const before = editor.getSnapshot().markers;
      const unknown = unknownMarkers(within, before);
      const most = Math.min(MOST_EVENTS, MOST_MARKERS - before.length);
      if (unknown.length > most) return setNote(wordTooManyEvents(unknown.length, most));
      const fresh = editor.add(unknown, 'imported');
      // The notice of an earlier import would read as if these events were new.
      if (fresh === 0 && editor.getSnapshot().newest?.edit === 'imported') editor.dismiss();
      setNote(wordEvents({ count: events.length, fresh, known: within.length - fresh, withoutTime, outside: events.length - within.length }));
    });
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
            if (file) addEvents(file);
          }}
        >
          <Button variant="quiet">
            <ImportIcon />
            {t('Events from a CSV')}
          </Button>
        </FileTrigger>
      </header>
      {markers.length === 0 && <p className={styles['hint']}>{t('Mark a moment, or add events from a table with a time and a label on each row. Statistics then tell what was shown between them.')}</p>}
      <FileWriting state={importing} label={t('Reading the events')} onCancel={cancel} />
      {note !== '' && <p role="status">{note}</p>}
      <MarkerRows markers={listed.markers} wanted={listed.newest?.marker ?? null} editor={editor} playhead={playhead} whole={whole} />
      {newest && <UndoBar words={wordMarkerEdit(newest.edit, newest.count)} done={newest} onUndo={() => editor.undo()} onDismiss={() => editor.dismiss()} />}
      {trouble && <Message error={trouble} />}
    </section>
  );
}

interface RowsProps extends Props {
  readonly markers: readonly Marker[];
  /** The marker to be shown; null for none. */
  readonly wanted: Marker | null;
}

const MarkerRows = memo(function MarkerRows({ markers, wanted, ...rest }: RowsProps) {
  useLanguage();
  const { shown, before, after } = useFirstRows(markers, 0, wanted);
  return (
    <>
      {before}
      <ol>
        {shown.map(({ row, media }) => (
          <MarkerRow key={markerId(row)} marker={row} media={media} {...rest} />
        ))}
      </ol>
      {after}
    </>
  );
});

interface RowProps extends Props {
  readonly marker: Marker;
  readonly media: RowMedia;
}

const MarkerRow = memo(function MarkerRow({ marker, media, editor, playhead, whole }: RowProps) {
  useLanguage();
  const { atMs, note } = marker;
  const time = formatClock(atMs, 1);
  const move = (typed: string) => {
    const ms = typedTime(typed, whole);
    if (ms !== null && ms !== atMs) editor.move(marker, ms);
  };
  return (
    <li {...media}>
      <EditableName name={editableClock(atMs, 1)} label={t('Time of the marker')} onRename={move}>
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
});
