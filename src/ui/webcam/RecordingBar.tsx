import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { MienError } from '../../engine/errors';
import type { Marker } from '../../session/session-info';
import type { RecorderStatus, SessionRecorder } from '../../session/session-recorder';
import { formatClock } from '../../words/format';
import { Button } from '../shared/Button';
import { CopyDetails } from '../shared/CopyDetails';
import { wordError } from '../../words/errors';
import { FinishedBar } from './FinishedBar';
import { FlagIcon } from './icons';
import { LOOKS } from '../../words/recording';
import type { VideoRecorderStatus } from '../../app/live/video-recorder';
import { t } from '../../words/i18n';
import styles from './recording.module.css';

interface Props {
  readonly recorder: SessionRecorder;
  readonly status: RecorderStatus;
  readonly video: VideoRecorderStatus;
  /** True while the camera shows a picture. */
  readonly live: boolean;
  /** The marker whose note is being written. */
  readonly noting: Marker | null;
  readonly onMark: () => void;
  readonly onNoted: () => void;
}

/** Duration and markers of the current recording; after its end, where it was stored. */
export function RecordingBar({ recorder, status, video, live, noting, onMark, onNoted }: Props) {
  if (status.finished) return <FinishedBar recorder={recorder} finished={status.finished} video={video} trouble={status.trouble} />;
  if (status.startedMs === null) return null;
  const { trouble, markers } = status;
  return (
    <section className={styles['bar']} data-recording aria-label={t('Recording')}>
      <p className={styles['state']}>
        <span className={styles['dot']} data-live={live || undefined} />
        {live ? t('Recording') : t('Waiting for the camera')} <Elapsed startedMs={status.startedMs} />
      </p>
      <Button onPress={onMark}>
        <FlagIcon />
        {t('Mark')}
      </Button>
      {/* Without a picture the camera's controls may be hidden. */}
      {!live && <Button onPress={() => void recorder.stop()}>{t('Stop recording')}</Button>}
      {markers.length > 0 && <span className={styles['quiet']}>{t('{count, plural, one {# marker} other {# markers}}', { count: markers.length })}</span>}
      {video.phase === 'recording' && video.look && <span className={styles['quiet']}>{t(LOOKS[video.look].name)}</span>}
      {noting && <NoteField key={noting.atMs} marker={noting} onNote={(note) => recorder.note(noting.atMs, note)} onDone={onNoted} />}
      {trouble && (
        <p className={styles['trouble']} role="alert">
          <strong>{wordError(trouble).title}.</strong> {t('The recording goes on in memory.')} {wordError(trouble).advice} <CopyDetails error={trouble} />
        </p>
      )}
      {video.trouble && <VideoTrouble trouble={video.trouble} />}
    </section>
  );
}

function VideoTrouble({ trouble }: { readonly trouble: MienError }) {
  const { title, advice } = wordError(trouble);
  return (
    <p className={styles['trouble']} role="alert">
      <strong>{title}.</strong> {t('The recording of the data goes on.')} {advice} <CopyDetails error={trouble} />
    </p>
  );
}

/** The recording's duration, updated four times per second. */
function Elapsed({ startedMs }: { readonly startedMs: number }) {
  const [nowMs, setNowMs] = useState(startedMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return <span role="timer">{formatClock(nowMs - startedMs)}</span>;
}

interface NoteFieldProps {
  readonly marker: Marker;
  readonly onNote: (note: string) => void;
  readonly onDone: () => void;
}

const MOST_CHARACTERS = 200;

/** Takes the focus, and returns it afterwards. Enter or blur saves the note, Escape discards it. */
function NoteField({ marker, onNote, onDone }: NoteFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    before.current = document.activeElement;
    input.current?.focus();
  }, []);
  const keep = () => {
    const note = input.current?.value.trim() ?? '';
    if (note !== '') onNote(note);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key, currentTarget, nativeEvent } = event;
    if (nativeEvent.isComposing || (key !== 'Enter' && key !== 'Escape')) return;
    // Otherwise the same Enter would press the button that receives the focus.
    event.preventDefault();
    if (key === 'Escape') currentTarget.value = '';
    currentTarget.blur();
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
  };
  return (
    <label className={styles['note']}>
      {t('Note for {time}', { time: formatClock(marker.atMs) })}
      <input ref={input} type="text" maxLength={MOST_CHARACTERS} placeholder={t('Optional')} onKeyDown={onKeyDown} onBlur={keep} />
    </label>
  );
}
