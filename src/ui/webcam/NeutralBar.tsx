import { useSyncExternalStore } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { NEUTRAL_MS, type MyNeutral } from '../../app/live/my-neutral';
import { personName } from '../../words/person-style';
import { Button } from '../shared/Button';
import { Rich } from '../shared/Rich';
import { msg, t } from '../../words/i18n';
import styles from './neutral.module.css';

interface Props {
  readonly neutral: MyNeutral;
  /** The track whose baseline would be set; null if no face is in view. */
  readonly track: number | null;
  /** True if several faces are in view, so that the text must name the person. */
  readonly several: boolean;
  /** True while the camera shows a picture. */
  readonly live: boolean;
}

/** Records a person's neutral face, so that results are shown relative to it. */
export function NeutralBar({ neutral, track, several, live }: Props) {
  const state = useSyncExternalStore(neutral.subscribe, neutral.getSnapshot);
  if (state.phase === 'measuring') {
    const left = Math.ceil(((1 - state.share) * NEUTRAL_MS) / 1000);
    return (
      <div className={styles['bar']}>
        <ProgressBar className={styles['progress'] ?? ''} value={state.share} maxValue={1} aria-labelledby="neutral-hint">
          <p id="neutral-hint">
            <Rich
              message={
                several
                  ? msg('<strong>{person}: rest your face</strong> and look at the camera. {seconds} s')
                  : msg('<strong>Rest your face</strong> and look at the camera. {seconds} s')
              }
              values={{ person: personName(state.track), seconds: left }}
              parts={{ strong: (text) => <strong>{text}</strong> }}
            />
          </p>
          <div className={styles['track']}>
            <div style={{ transform: `scaleX(${state.share})` }} />
          </div>
        </ProgressBar>
        <Button onPress={() => neutral.stop()}>{t('Cancel')}</Button>
      </div>
    );
  }
  if (state.phase === 'on') {
    return (
      <div className={styles['bar']} role="status">
        <p>
          <Rich
            message={several ? msg('{person} is shown <strong>relative to their neutral face</strong>') : msg('You are shown <strong>relative to your neutral face</strong>')}
            values={{ person: personName(state.track) }}
            parts={{ strong: (text) => <strong className={styles['badge']}>{text}</strong> }}
          />
        </p>
        <Button onPress={() => neutral.stop()}>{t('Show without the baseline')}</Button>
      </div>
    );
  }
  if (!live) return null;
  return (
    <div className={styles['bar']}>
      <p role="status">
        {state.hasFailed
          ? t('The face was not in view long enough. Stay in view for five seconds, and try again.')
          : t('Does a resting face read as sad or angry? Set it as neutral, and see the change from it.')}
      </p>
      <Button isDisabled={track === null} onPress={() => track !== null && neutral.start(track, performance.now())}>
        {several && track !== null ? t('Set neutral of {person}', { person: personName(track) }) : t('Set my neutral')}
      </Button>
    </div>
  );
}
