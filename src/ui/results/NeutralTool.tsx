import { useCallback, useState, useSyncExternalStore } from 'react';
import type { PeopleEditor } from '../../app/results/people-editor';
import type { Playhead } from '../../app/results/playhead';
import { LEAST_READINGS } from '../../session/baseline';
import { baselineOfStretch } from '../../session/baseline-stretch';
import type { ObservationStore } from '../../session/observation-store';
import type { PersonSummary } from '../../session/statistics';
import { formatClock } from '../../words/format';
import { Button } from '../shared/Button';
import { t } from '../../words/i18n';
import styles from './PersonTools.module.css';

interface Props {
  readonly person: PersonSummary;
  readonly editor: PeopleEditor;
  readonly playhead: Playhead;
  readonly store: ObservationStore;
}

/** Marks an interval in which a person's face is neutral: from the playhead's position to where it is moved next. */
export function NeutralTool({ person: { person }, editor, playhead, store }: Props) {
  const { assignment } = useSyncExternalStore(editor.subscribe, editor.getSnapshot);
  const [fromMs, setFromMs] = useState<number | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const subscribe = useCallback((listener: () => void) => playhead.subscribe(listener), [playhead]);
  const nowMs = useSyncExternalStore(subscribe, () => playhead.timeMs);
  if (assignment.baselineOf(person)) return <Button onPress={() => editor.add({ kind: 'no-neutral', person })}>{t('Show without the baseline')}</Button>;
  if (fromMs === null) {
    return (
      <Button onPress={() => setFromMs(nowMs)} aria-description={t('The person is then shown relative to their face at rest')}>
        {t('Neutral face from {time}…', { time: formatClock(nowMs, 1) })}
      </Button>
    );
  }
  const [startMs, endMs] = [Math.min(fromMs, nowMs), Math.max(fromMs, nowMs)];
  const finish = () => {
    const baseline = baselineOfStretch(store, assignment, person, startMs, endMs);
    setHasFailed(baseline === null);
    if (!baseline) return;
    setFromMs(null);
    editor.add({ kind: 'neutral', person, fromMs: startMs, toMs: endMs, ...baseline });
  };
  return (
    <div className={styles['question']} role="group" aria-label={t('Neutral face')}>
      <p role="status">
        {hasFailed
          ? t('The face was read in fewer than {count, plural, one {# frame} other {# frames}} from {from} to {to}. Choose a longer stretch.', { count: LEAST_READINGS, from: formatClock(startMs, 1), to: formatClock(endMs, 1) })
          : t('Move on to where the face is no longer at rest.')}
      </p>
      <Button variant="primary" isDisabled={startMs === endMs} onPress={finish}>
        {t('Neutral from {from} to {to}', { from: formatClock(startMs, 1), to: formatClock(endMs, 1) })}
      </Button>
      <Button
        onPress={() => {
          setFromMs(null);
          setHasFailed(false);
        }}
      >
        {t('Cancel')}
      </Button>
    </div>
  );
}
