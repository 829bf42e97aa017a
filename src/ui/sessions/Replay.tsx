import { useEffect, useMemo, useState, useSyncExternalStore, type RefCallback } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { ACCEPTED } from '../../app/files/sort-files';
import { chosenFiles, chooseFile, fitOf, videoAtHand } from '../../app/library/replay-file';
import { peopleEditorOf } from '../../app/results/people-editor';
import type { Playhead } from '../../app/results/playhead';
import type { Size } from '../../engine/geometry';
import type { ObservationStore } from '../../session/observation-store';
import type { SessionInfo, SessionSpan } from '../../session/session-info';
import { formatBytes } from '../../words/format';
import { Button } from '../shared/Button';
import { ClipPlayer } from '../video/ClipPlayer';
import { usePlayback } from '../video/use-playback';
import { FilmIcon } from './icons';
import { t } from '../../words/i18n';
import styles from './Replay.module.css';

interface Props {
  readonly info: SessionInfo;
  /** Frame size in pixels, which boxes refer to. */
  readonly frame: Size;
  readonly store: ObservationStore;
  readonly intervalMs: number;
  /** The range of the scrubber, as of the curves below it. */
  readonly whole: SessionSpan;
  readonly focused: number | null;
  /** Receives the player, and null when it is removed. */
  readonly onPlayback: (playhead: Playhead | null) => void;
  readonly lanes: RefCallback<HTMLElement>;
}

/** Plays a session's video in sync with its curves: the stored one, or the analysed file, which the user must choose again. */
export function Replay(props: Props) {
  const { info } = props;
  const chosen = useSyncExternalStore(chosenFiles.subscribe, chosenFiles.getSnapshot).get(info.id) ?? null;
  const [atHand, setAtHand] = useState<File | null>(null);
  const [refused, setRefused] = useState<File | null>(null);
  useEffect(() => {
    let over = false;
    void videoAtHand(info).then((file) => {
      if (!over) setAtHand(file);
    });
    return () => {
      over = true;
    };
  }, [info]);
  const file = chosen ?? atHand;
  if (file) return <Player key={info.id} {...props} file={file} isKept={file === atHand && info.kind === 'webcam'} />;
  // A recording without a stored video has nothing to play.
  if (info.kind === 'webcam' || !info.reading) return null;
  const { name, bytes } = info.reading.source;
  const choose = (picked: File | undefined) => {
    if (!picked) return;
    if (fitOf(info, picked) === 'other') setRefused(picked);
    else chooseFile(info.id, picked);
  };
  return (
    <section className={styles['ask']} data-unprinted aria-label={t('Replay')}>
      <FilmIcon />
      <p>
        {t('Choose the video to replay it in step with the curves: {name}. It stays on this device.', { name: bytes === null ? name : t('{name} ({size})', { name, size: formatBytes(bytes) }) })}
      </p>
      <FileTrigger acceptedFileTypes={ACCEPTED.video} onSelect={(files) => choose(files?.[0])}>
        <Button>{t('Choose the video')}</Button>
      </FileTrigger>
      {refused && (
        <p role="alert" className={styles['refused']}>
          {t('“{name}” is another file: it has {size} bytes, the analysed one {analysed}. The faces may not fit.', { name: refused.name, size: refused.size, analysed: bytes ?? '–' })}{' '}
          <Button variant="quiet" onPress={() => chooseFile(info.id, refused)}>
            {t('Show it anyway')}
          </Button>
        </p>
      )}
    </section>
  );
}

interface PlayerProps extends Props {
  readonly file: File;
  /** True for the recording's own video, which may have the boxes drawn in. */
  readonly isKept: boolean;
}

function Player({ info, frame, store, intervalMs, whole, focused, onPlayback, lanes, file, isKept }: PlayerProps) {
  const { track = 0, recordings = 1, startMs } = info.reading?.source ?? { startMs: null };
  const player = usePlayback(file, { container: null, track, recordings, startMs: startMs ?? 0 });
  const [isDrawn, setDrawn] = useState(!isKept);
  const faces = useMemo(() => {
    const editor = peopleEditorOf(info.id, info.people);
    return {
      store,
      intervalMs,
      get people() {
        return editor.getSnapshot();
      },
      subscribe: editor.subscribe,
    };
  }, [info, store, intervalMs]);
  const { playback } = player;
  useEffect(() => {
    onPlayback(playback);
    return () => onPlayback(null);
  }, [playback, onPlayback]);
  return (
    <div className={styles['replay']} data-unprinted>
      <ClipPlayer
        name={info.name}
        size={frame}
        startMs={whole.fromMs}
        endMs={whole.toMs}
        player={player}
        faces={isDrawn ? faces : null}
        focused={focused}
        stepMs={intervalMs}
        frameMs={Math.min(intervalMs, 1000 / 30)}
        lanes={lanes}
      />
      <label className={styles['drawn']}>
        <input type="checkbox" checked={isDrawn} onChange={({ target }) => setDrawn(target.checked)} />
        {t('Draw the faces over the picture')}
      </label>
    </div>
  );
}
