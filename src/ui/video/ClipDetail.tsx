import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { VideoInfo } from '../../sources/video-file-source';
import { formatClock, formatSize } from '../../words/format';
import { wordReading } from '../../words/reading';
import { peopleEditorOf } from '../../app/results/people-editor';
import { NO_EDITS } from '../../session/people-edits';
import { RecordingResults } from '../results/RecordingResults';
import { Breakable } from '../shared/Breakable';
import { Button } from '../shared/Button';
import { pathOf } from '../../app/files/file-path';
import { CloseIcon } from '../shared/icons';
import { Message } from '../shared/Message';
import { ReadBy } from '../shared/ReadBy';
import { settingsStore } from '../../app/settings';
import { useKeptFocus } from '../shared/use-kept-focus';
import { AnalysisProgress } from './AnalysisProgress';
import { msg, t } from '../../words/i18n';
import paper from '../shared/Paper.module.css';
import styles from './ClipDetail.module.css';
import { ClipDownloads } from './ClipDownloads';
import { ClipPlayer } from './ClipPlayer';
import { ClipSetup } from './ClipSetup';
import type { ClipAnalysis } from '../../app/video/clip-analysis';
import type { Clip, QueueAction } from '../../app/video/clip-queue';
import { Filmstrip } from './Filmstrip';
import { SavedNote } from './SavedNote';
import { usePlayback } from './use-playback';

const NOBODY = msg('Analyse more frames a second, or try a clip in which faces are larger, turned to the camera and evenly lit.');

interface Props {
  readonly clip: Clip;
  /** Name of the downloaded files, without extension. */
  readonly stem: string;
  /** Number of clips waiting to be started. */
  readonly unstarted: number;
  readonly dispatch: (action: QueueAction) => void;
  readonly onSave: () => void;
  readonly onTrack: (track: number) => void;
}

/** One clip: the player, its analysis settings or progress, and its results. */
export function ClipDetail({ clip, stem, unstarted, dispatch, onSave, onTrack }: Props) {
  const { id, file, info, state, thumbnail } = clip;
  const name = pathOf(file);
  const session = state.status === 'ended' ? state.analysis.session() : null;
  return (
    <article className={styles['detail']} aria-label={name}>
      <header className={styles['header']}>
        {state.status === 'ended' && thumbnail !== null && <img src={thumbnail} alt="" className={paper['picture']} />}
        <h2 dir="auto" title={name}>
          <Breakable name={name} />
        </h2>
        <p>{info && describe(info)}</p>
        <Button variant="quiet" icon aria-label={t('Remove {name}', { name })} onPress={() => dispatch({ type: 'remove', ids: [id] })}>
          <CloseIcon />
        </Button>
      </header>
      {session && <ReadBy model={session.model} sensitivities={[session.reading?.sensitivity]} />}
      {state.status === 'unreadable' && <Message error={state.error} />}
      {state.status === 'opening' && <p role="status">{t('Opening the file…')}</p>}
      {info && state.status !== 'opening' && <OpenClip key={info.track} clip={clip} stem={stem} info={info} unstarted={unstarted} dispatch={dispatch} onSave={onSave} onTrack={onTrack} />}
    </article>
  );
}

function describe({ size, startMs, endMs, codecName }: VideoInfo): string {
  return `${formatClock(endMs - startMs)} · ${formatSize(size)} · ${codecName}`;
}

interface OpenClipProps extends Props {
  readonly info: VideoInfo;
}

function OpenClip({ clip, stem, info, unstarted, dispatch, onSave, onTrack }: OpenClipProps) {
  const { id, file, state, wish } = clip;
  const player = usePlayback(file, info);
  const analysis = state.status === 'analysing' || state.status === 'ended' ? state.analysis : null;
  const [picked, setPicked] = useState<number | null>(null);
  const [lanesPlace, setLanesPlace] = useState<HTMLElement | null>(null);
  const span = useMemo(() => ({ fromMs: info.startMs, toMs: info.endMs }), [info]);
  const side = useRef<HTMLElement>(null);
  // Each state has its own buttons, so the pressed one disappears.
  useKeptFocus(side, side, state.status);
  const stepMs = analysis?.intervalMs ?? 1000 / info.frameRate;
  return (
    <div className={styles['columns']}>
      <div className={styles['main']}>
        <ClipPlayer
          name={file.name}
          size={info.size}
          startMs={info.startMs}
          endMs={info.endMs}
          player={player}
          faces={analysis}
          focused={picked}
          stepMs={stepMs}
          frameMs={1000 / info.frameRate}
          lanes={setLanesPlace}
        />
        {analysis && (
          <RecordingResults
            key={`people ${analysis.id}`}
            store={analysis.store}
            whole={analysis.wish}
            lanesPlace={lanesPlace}
            lanesSpan={span}
            intervalMs={analysis.intervalMs}
            playhead={player.playback}
            editor={state.status === 'ended' ? peopleEditorOf(analysis.id, NO_EDITS) : null}
            picked={picked}
            onPick={setPicked}
            {...(state.status === 'ended' && { title: pathOf(clip.file) })}
            nobody={state.status === 'ended' ? t(NOBODY) : null}
          />
        )}
      </div>
      <section ref={side} className={styles['side']} aria-label={t('Analysis of the clip')} tabIndex={-1} {...(state.status !== 'ended' && { 'data-unprinted': true })}>
        {state.status === 'waiting' && <p role="status">{t('Waiting for the videos ahead of it…')}</p>}
        {state.status === 'analysing' && <AnalysisProgress analysis={state.analysis} />}
        {state.status === 'ended' && <Ending analysis={state.analysis} clip={clip} stem={stem} onSave={onSave} />}
        {state.status === 'ended' && player.playback && <Filmstrip key={`moments ${state.analysis.id}`} file={file} analysis={state.analysis} playhead={player.playback} />}
        {(state.status === 'ready' || state.status === 'ended') && wish && (
          <Folded folded={state.status === 'ended'} title={t('Analyse it differently')}>
            <ClipSetup
              info={info}
              wish={wish}
              unstarted={unstarted}
              again={state.status === 'ended'}
              onChange={(change) => {
                if (change.framesPerSecond !== undefined) settingsStore().update({ videoFrameRate: change.framesPerSecond });
                dispatch({ type: 'wish', id, change });
              }}
              onTrack={onTrack}
              onStart={() => dispatch({ type: 'start', id })}
              onStartAll={() => dispatch({ type: 'start-all' })}
            />
          </Folded>
        )}
      </section>
    </div>
  );
}

/** Wraps the children in a disclosure if they are no longer the main content. */
function Folded({ folded, title, children }: { readonly folded: boolean; readonly title: string; readonly children: ReactNode }) {
  if (!folded) return children;
  return (
    <details className={styles['folded']} data-unprinted>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

interface EndingProps {
  readonly analysis: ClipAnalysis;
  readonly clip: Clip;
  readonly stem: string;
  readonly onSave: () => void;
}

/** The outcome of an analysis, with downloads. */
function Ending({ analysis, clip, stem, onSave }: EndingProps) {
  const { frames } = analysis.getSnapshot();
  const ending = clip.state.status === 'ended' ? clip.state.ending : null;
  const session = analysis.session();
  return (
    <section className={styles['ending']} aria-label={t('Result')}>
      {ending?.how === 'failed' && <Message error={ending.error} />}
      <p role="status" data-testid="analysis-ending">
        {ending?.how === 'complete' && `${t('Analysed.')} `}
        {session?.reading ? wordReading(session.reading, session.durationMs) : t('No frame was read.')}
      </p>
      {frames > 0 && <ClipDownloads file={clip.file} stem={stem} analysis={analysis} hasPicture={clip.thumbnail !== null} />}
      {clip.saved && <SavedNote saved={clip.saved} sessionId={analysis.id} onSave={onSave} />}
    </section>
  );
}
