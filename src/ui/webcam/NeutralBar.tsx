import { useSyncExternalStore } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { NEUTRAL_MS, type MyNeutral } from '../../app/live/my-neutral';
import { personName } from '../../words/person-style';
import { Button } from '../shared/Button';
import styles from './neutral.module.css';

interface Props {
  readonly neutral: MyNeutral;
  /** Whose neutral face would be set; null: nobody is in view. */
  readonly track: number | null;
  /** Several are in view: the words say whose it is. */
  readonly several: boolean;
  /** The camera shows a picture. */
  readonly live: boolean;
}

/** Sets how a face reads at rest, so that it is shown relative to that. */
export function NeutralBar({ neutral, track, several, live }: Props) {
  const state = useSyncExternalStore(neutral.subscribe, neutral.getSnapshot);
  if (state.phase === 'measuring') {
    const left = Math.ceil(((1 - state.share) * NEUTRAL_MS) / 1000);
    return (
      <div className={styles['bar']}>
        <ProgressBar className={styles['progress'] ?? ''} value={state.share} maxValue={1} aria-labelledby="neutral-hint">
          <p id="neutral-hint">
            <strong>{several ? `${personName(state.track)}: rest your face` : 'Rest your face'}</strong> and look at the camera. {left} s
          </p>
          <div className={styles['track']}>
            <div style={{ transform: `scaleX(${state.share})` }} />
          </div>
        </ProgressBar>
        <Button onPress={() => neutral.stop()}>Cancel</Button>
      </div>
    );
  }
  if (state.phase === 'on') {
    return (
      <div className={styles['bar']} role="status">
        <p>
          {several ? `${personName(state.track)} is shown` : 'You are shown'} <strong className={styles['badge']}>relative to {several ? 'their' : 'your'} neutral face</strong>
        </p>
        <Button onPress={() => neutral.stop()}>Show as read</Button>
      </div>
    );
  }
  if (!live) return null;
  return (
    <div className={styles['bar']}>
      <p role="status">
        {state.hasFailed
          ? 'The face was seen too little. Stay in view for five seconds, and try again.'
          : 'Does a resting face read as sad or angry? Set it as neutral, and see the change from it.'}
      </p>
      <Button isDisabled={track === null} onPress={() => track !== null && neutral.start(track, performance.now())}>
        {several && track !== null ? `Set neutral of ${personName(track)}` : 'Set my neutral'}
      </Button>
    </div>
  );
}
