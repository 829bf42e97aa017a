import { useMemo, useState, useSyncExternalStore } from 'react';
import { isBrief, mainPeople } from '../../session/people';
import type { ObservationStore } from '../../session/observation-store';
import type { Marker } from '../../session/session-info';
import { hasConcerns, type PersonSummary as Summary } from '../../session/statistics';
import { personName } from '../../words/person-style';
import { useSettings } from '../use-settings';
import { Button } from '../shared/Button';
import { ExpressionTimeline } from './ExpressionTimeline';
import styles from './RecordingResults.module.css';
import { MomentReadout } from './MomentReadout';
import { PeopleList } from './PeopleList';
import { PersonSummary } from './PersonSummary';
import type { Playhead } from '../../app/results/playhead';
import { RecordingView } from '../../app/results/recording-view';
import type { Span } from '../../app/results/timeline-view';

interface Props {
  /** Another store is another recording: give the component a new key. */
  readonly store: ObservationStore;
  readonly whole: Span;
  /** Time between two observations. */
  readonly intervalMs: number;
  /** Null until there is something to look at. */
  readonly playhead: Playhead | null;
  readonly markers?: readonly Marker[];
  readonly picked: number | null;
  readonly onPick: (person: number) => void;
  /** What to say when nobody is there and nobody will come; null: somebody may. */
  readonly nobody: string | null;
}

/** Everyone who was seen in a recording, and how they looked over time. */
export function RecordingResults({ store, whole, intervalMs, playhead, markers, picked, onPick, nobody }: Props) {
  const [{ leaveOutConcerns }] = useSettings();
  const view = useMemo(() => new RecordingView(store, leaveOutConcerns ? hasConcerns : null), [store, leaveOutConcerns]);
  const { people, readMs } = useSyncExternalStore(view.subscribe, view.getSnapshot);
  const [showBrief, setShowBrief] = useState(false);
  const main = mainPeople(people, intervalMs);
  const shown = showBrief ? people : main;
  const brief = people.length - main.length;
  const person = shown.find((each) => each.person === picked) ?? mostSeen(shown);
  if (people.length === 0) {
    return nobody !== null && readMs >= (store.getSnapshot().newestMs ?? -Infinity) ? (
      <section className={styles['card']}>
        <h3>No face found</h3>
        <p className={styles['hint']}>{nobody}</p>
      </section>
    ) : null;
  }
  return (
    <>
      <section className={styles['card']} aria-labelledby="people-title">
        <h3 id="people-title">{main.length === 1 ? '1 person' : `${main.length} people`}</h3>
        <PeopleList
          people={shown}
          seriesOf={(one) => view.series(one)}
          selected={person?.person ?? null}
          onSelect={onPick}
          whole={whole}
          readMs={readMs}
          intervalMs={intervalMs}
        />
        {brief > 0 && (
          <Button variant="quiet" onPress={() => setShowBrief(!showBrief)} aria-expanded={showBrief}>
            {showBrief ? 'Hide who was seen only briefly' : `${brief} more seen only briefly`}
          </Button>
        )}
        {leaveOutConcerns && <p className={styles['hint']}>Faces that were hard to see are left out, as the settings say.</p>}
      </section>
      {person && (
        <section className={styles['card']} aria-labelledby="curves-title">
          <h3 id="curves-title">
            {personName(person.person)}
            {isBrief(person, intervalMs) && <span> · seen only briefly</span>}
          </h3>
          {playhead && (
            <>
              <ExpressionTimeline
                series={view.series(person.person)}
                readMs={readMs}
                whole={whole}
                intervalMs={intervalMs}
                playhead={playhead}
                {...(markers && { markers })}
              />
              <MomentReadout playhead={playhead} series={view.series(person.person)} intervalMs={intervalMs} />
            </>
          )}
          <PersonSummary person={person} />
        </section>
      )}
    </>
  );
}

function mostSeen(people: readonly Summary[]): Summary | null {
  return people.reduce<Summary | null>((most, each) => (!most || each.summary.observations > most.summary.observations ? each : most), null);
}
