import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import type { PeopleEditing, PeopleEditor } from '../../app/results/people-editor';
import type { Playhead } from '../../app/results/playhead';
import { RecordingView } from '../../app/results/recording-view';
import type { Span } from '../../app/results/timeline-view';
import { findLookAlikes } from '../../session/look-alikes';
import type { ObservationStore } from '../../session/observation-store';
import { isBrief, mainPeople } from '../../session/people';
import { PeopleAssignment, NO_EDITS, UNEDITED } from '../../session/people-edits';
import type { Marker } from '../../session/session-info';
import { hasConcerns, summaryTells, type PersonSummary as Summary } from '../../session/statistics';
import { wordPeopleEdit } from '../../words/people';
import { personName } from '../../words/person-style';
import { wordNoExpressions } from '../../words/uncertain';
import { Button } from '../shared/Button';
import { EditableName } from '../shared/EditableName';
import { Message } from '../shared/Message';
import { UndoBar } from '../shared/UndoBar';
import { useKeptFocus } from '../shared/use-kept-focus';
import { useSettings } from '../use-settings';
import { ExpressionTimeline } from './ExpressionTimeline';
import { MomentReadout } from './MomentReadout';
import { PeopleLanes } from './PeopleLanes';
import { PeopleList } from './PeopleList';
import { LeftOutPeople, LookAlikesQuestion } from './PeopleNotices';
import { PersonSummary } from './PersonSummary';
import { PersonTools } from './PersonTools';
import { ShareCurves } from './ShareCurves';
import { t } from '../../words/i18n';
import styles from './RecordingResults.module.css';

interface Props {
  /** For another store (another recording), give the component a new key. */
  readonly store: ObservationStore;
  readonly whole: Span;
  /** Time between two observations. */
  readonly intervalMs: number;
  /** Null until there is something to play. */
  readonly playhead: Playhead | null;
  readonly markers?: readonly Marker[];
  /** A player's element for the people's lanes; null for no lanes. */
  readonly lanesPlace?: HTMLElement | null;
  /** Time span of the player's scrubber. Default: `whole`. */
  readonly lanesSpan?: Span;
  /** Applies manual edits of people; null while the analysis may still find more. */
  readonly editor: PeopleEditor | null;
  readonly picked: number | null;
  readonly onPick: (person: number) => void;
  /** Title of the recording on a picture of its curves; missing while there is nothing to share. */
  readonly title?: string;
  /** Shown once it is certain that there are no faces; null while one may still appear. */
  readonly nobody: string | null;
}

const NOTHING_EDITED: PeopleEditing = { edits: NO_EDITS, assignment: UNEDITED, newest: null, trouble: null };
const nothingToHear = () => () => undefined;

/** Everyone detected in a recording, and their expressions over time. */
export function RecordingResults({ store, whole, intervalMs, playhead, markers, lanesPlace = null, lanesSpan = whole, editor, picked, onPick, title, nobody }: Props) {
  const [{ leaveOutConcerns }] = useSettings();
  const editing = useSyncExternalStore(editor?.subscribe ?? nothingToHear, editor?.getSnapshot ?? (() => NOTHING_EDITED));
  const { edits, assignment } = editing;
  const view = useMemo(() => new RecordingView(store, leaveOutConcerns ? hasConcerns : null), [store, leaveOutConcerns]);
  useEffect(() => view.reassign(assignment), [view, assignment]);
  const { people, readMs } = useSyncExternalStore(view.subscribe, view.getSnapshot);
  const [showBrief, setShowBrief] = useState(false);
  const list = useRef<HTMLElement>(null);
  const undo = useRef<HTMLDivElement>(null);
  useKeptFocus(list, undo, `${people.length} ${edits.length} ${editing.newest !== null}`);
  const nameOf = (person: number) => personName(person, assignment.nameOf(person));
  const nameBefore = (person: number) => personName(person, PeopleAssignment.of(edits.slice(0, -1)).nameOf(person));
  const counted = people.filter((each) => !assignment.isLeftOut(each.person));
  const main = mainPeople(counted, intervalMs);
  const shown = showBrief ? counted : main;
  const brief = counted.length - main.length;
  const person = shown.find((each) => each.person === picked) ?? mostSeen(shown);
  const tells = person !== null && summaryTells(person.summary);
  if (people.length === 0) {
    const { newestMs, framesRead } = store.getSnapshot();
    return nobody !== null && readMs >= (newestMs ?? -Infinity) ? (
      <section className={styles['card']}>
        <h3>{framesRead === 0 ? t('No frame was read.') : t('No face found')}</h3>
        {framesRead > 0 && <p className={styles['hint']}>{nobody}</p>}
      </section>
    ) : null;
  }
  return (
    <>
      <section ref={list} className={styles['card']} aria-labelledby="people-title" tabIndex={-1}>
        <h3 id="people-title">{t('{count, plural, one {# person} other {# people}}', { count: main.length })}</h3>
        <PeopleList
          people={shown}
          nameOf={nameOf}
          seriesOf={(one) => view.series(one)}
          selected={person?.person ?? null}
          onSelect={onPick}
          whole={whole}
          readMs={readMs}
          intervalMs={intervalMs}
        />
        {brief > 0 && (
          <Button variant="quiet" onPress={() => setShowBrief(!showBrief)} aria-expanded={showBrief}>
            {showBrief ? t('Hide people seen only briefly') : t('{count, plural, other {# more seen only briefly}}', { count: brief })}
          </Button>
        )}
        {editor && (
          <>
            <LookAlikesQuestion lookAlikes={findLookAlikes(main, store.looks, assignment, edits)} nameOf={nameOf} editor={editor} />
            <LeftOutPeople people={assignment.leftOut} nameOf={nameOf} editor={editor} />
            {editing.newest && (
              <UndoBar ref={undo} words={wordPeopleEdit(editing.newest, nameBefore)} done={editing.newest} onUndo={() => editor.undo()} onDismiss={() => editor.dismiss()} />
            )}
            {editing.trouble && <Message error={editing.trouble} />}
          </>
        )}
        {leaveOutConcerns && <p className={styles['hint']}>{t('Low-quality faces are excluded, as the settings say.')}</p>}
        <LeftOutSamples store={store} />
      </section>
      {lanesPlace &&
        createPortal(
          <PeopleLanes
            people={main}
            nameOf={nameOf}
            seriesOf={(one) => view.series(one)}
            selected={person?.person ?? null}
            onSelect={onPick}
            whole={lanesSpan}
            readMs={readMs}
            intervalMs={intervalMs}
            playhead={playhead}
            {...(markers && { markers })}
          />,
          lanesPlace,
        )}
      {person && (
        <section className={styles['card']} aria-labelledby="curves-title">
          <div className={styles['titleRow']}>
            <PersonTitle person={person} name={nameOf(person.person)} brief={isBrief(person, intervalMs)} relative={assignment.baselineOf(person.person) !== null} editor={editor} />
            {playhead && tells && title !== undefined && (
              <ShareCurves
                title={title}
                name={nameOf(person.person)}
                person={person}
                series={view.series(person.person)}
                whole={whole}
                intervalMs={intervalMs}
                {...(markers && { markers })}
              />
            )}
          </div>
          {playhead && tells && (
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
          {editor && (
            <PersonTools
              key={person.person}
              person={person}
              people={counted}
              nameOf={nameOf}
              editor={editor}
              store={store}
              playhead={playhead}
              series={view.series(person.person)}
              onPick={onPick}
            />
          )}
          {tells ? <PersonSummary person={person} name={nameOf(person.person)} /> : <p className={styles['hint']}>{wordNoExpressions()}</p>}
        </section>
      )}
    </>
  );
}

interface TitleProps {
  readonly person: Summary;
  readonly name: string;
  readonly brief: boolean;
  /** True if shown relative to the person's neutral face. */
  readonly relative: boolean;
  readonly editor: PeopleEditor | null;
}

function PersonTitle({ person: { person }, name, brief, relative, editor }: TitleProps) {
  const title = (
    <h3 id="curves-title">
      {name}
      {brief && <span> · {t('seen only briefly')}</span>}
      {relative && <span> · {t('relative to their neutral face')}</span>}
    </h3>
  );
  if (!editor) return title;
  return (
    <EditableName key={person} name={name} label={t('Name of the person')} onRename={(typed) => editor.add({ kind: 'name', person, name: typed })}>
      {title}
    </EditableName>
  );
}

/** Counts the samples that all statistics exclude. */
function LeftOutSamples({ store }: { readonly store: ObservationStore }) {
  const { framesLeftOut, frames } = useSyncExternalStore(store.subscribe, store.getSnapshot);
  if (framesLeftOut === 0) return null;
  return (
    <p className={styles['hint']}>
      {t('{leftOut} of {frames, plural, one {# moment} other {# moments}} could not be read and {leftOut, plural, one {does} other {do}} not count.', { leftOut: framesLeftOut, frames })}
    </p>
  );
}

function mostSeen(people: readonly Summary[]): Summary | null {
  return people.reduce<Summary | null>((most, each) => (!most || each.summary.seenMs > most.summary.seenMs ? each : most), null);
}
