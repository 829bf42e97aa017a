import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ASKED, ROUND_MS, type Playing, type SevenFaces } from '../../app/live/seven-faces';
import { playTone } from '../../app/live/tone';
import { wordSkip } from '../../words/quality';
import { expressionName } from '../../words/expression-style';
import { expressionColorVariable } from '../expression-style';
import { formatShare } from '../../words/format';
import { personName } from '../../words/person-style';
import { wordFaceHint } from '../../words/seven-faces';
import { liveAdvice } from '../../words/uncertain';
import { Button } from '../shared/Button';
import { ExpressionMark } from '../shared/ExpressionMark';
import { useMediaQuery } from '../use-media-query';
import { SoundIcon } from './icons';
import { useShortcuts } from './use-shortcuts';
import { t } from '../../words/i18n';
import styles from './game.module.css';

interface Props {
  readonly game: SevenFaces<HTMLCanvasElement>;
  /** True while the camera shows a picture. */
  readonly live: boolean;
}

/** The running game: the requested expression, its current probability and the remaining time. */
export function SevenFacesBar({ game, live }: Props) {
  const state = useSyncExternalStore(game.subscribe, game.getSnapshot);
  const [sound, setSound] = useState(false);
  const playing = state.phase === 'playing';
  const round = playing ? state.done.length : null;
  const heard = useRef(round);
  useEffect(() => {
    if (heard.current === round) return;
    heard.current = round;
    if (sound) playTone(round === null ? 880 : 520);
  }, [round, sound]);
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    // The start button may be further down the page than the picture.
    if (playing) bar.current?.parentElement?.scrollIntoView({ block: 'nearest' });
  }, [playing]);
  useShortcuts(playing, { escape: () => game.stop() });
  if (!playing) return null;
  return (
    <section ref={bar} className={styles['bar']} data-game aria-label={t('Make these seven faces')}>
      <Asked state={state} />
      <Meter state={state} />
      <div className={styles['foot']}>
        <p className={styles['notice']} role="status">
          {noticeOf(state, live)}
        </p>
        <div className={styles['buttons']}>
          <Button autoFocus onPress={() => game.skip()}>
            {t('Skip')}
          </Button>
          <Button onPress={() => game.stop()}>{t('End the game')}</Button>
          <ToggleButton className={styles['sound'] ?? ''} isSelected={sound} onChange={setSound}>
            <SoundIcon />
            {t('Sound')}
          </ToggleButton>
        </div>
      </div>
    </section>
  );
}

/** The requested expression, as a drawing and in words. */
function Asked({ state: { asked, done, leftMs } }: { readonly state: Playing<HTMLCanvasElement> }) {
  return (
    <div className={styles['asked']}>
      <ExpressionMark expression={asked} className={styles['mark']} />
      <div className={styles['words']} aria-live="assertive">
        <h3>
          {expressionName(asked)} <span className={styles['count']}>{t('{number} of {count}', { number: done.length + 1, count: ASKED.length })}</span>
        </h3>
        <p>{wordFaceHint(asked)}</p>
      </div>
      <Countdown leftMs={leftMs} />
    </div>
  );
}

/** Remaining seconds in a ring that empties; in steps of one second under reduced motion. */
function Countdown({ leftMs }: { readonly leftMs: number }) {
  const isCalm = useMediaQuery('(prefers-reduced-motion: reduce)');
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  const share = isCalm ? (seconds * 1000) / ROUND_MS : Math.max(0, leftMs / ROUND_MS);
  return (
    <span className={styles['countdown']} role="timer">
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <circle cx="20" cy="20" r="17" className={styles['ring']} />
        <circle cx="20" cy="20" r="17" pathLength="1" className={styles['left']} strokeDasharray={`${share} 1`} />
      </svg>
      <span aria-hidden="true">{seconds}</span>
      <span className="visually-hidden">{t('{seconds} s', { seconds })}</span>
    </span>
  );
}

/** Current and highest probability of the requested expression. */
function Meter({ state: { asked, face, best } }: { readonly state: Playing<HTMLCanvasElement> }) {
  const now = face?.status === 'classified' ? face.raw[asked] : null;
  const most = best?.share ?? 0;
  return (
    <div className={styles['meter']}>
      <div className={styles['track']} aria-hidden="true">
        <div style={{ transform: `scaleX(${now ?? 0})`, background: expressionColorVariable(asked) }} />
        <span style={{ insetInlineStart: `${most * 100}%` }} />
      </div>
      <p className={styles['shares']}>
        <span>{now === null ? t('Not read') : t('Now {share}', { share: formatShare(now) })}</span>
        <span>{t('Best {share}', { share: formatShare(most) })}</span>
      </p>
    </div>
  );
}

/** Reason why the game is paused, or advice; empty if all is well. */
function noticeOf({ face, faces }: Playing<HTMLCanvasElement>, live: boolean): string {
  if (!live) return t('The game waits for the camera.');
  if (!face) return t('No face in view. The game waits.');
  if (face.status === 'skipped') return t('{reason}. The game waits.', { reason: wordSkip(face.reason).title });
  const [concern] = face.concerns;
  const advice = concern && liveAdvice(concern.kind);
  if (advice) return advice;
  if (faces > 1 && face.track !== null) return t('Several faces are in view. The largest plays: {person}.', { person: personName(face.track) });
  return '';
}
