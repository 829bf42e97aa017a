import { memo, useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { saveFile } from '../../app/files/save-file';
import { visitYielding, yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { gatherBlob } from '../../export/gathered-blob';
import { intervalCsvParts } from '../../export/interval-csv';
import { intervalsBetween, IntervalTally, type IntervalSummary } from '../../session/interval-statistics';
import type { ObservationStore } from '../../session/observation-store';
import type { PeopleAssignment } from '../../session/people-edits';
import type { Marker, SessionSpan } from '../../session/session-info';
import { hasConcerns, summaryTells } from '../../session/statistics';
import { EXPRESSION_STYLE } from '../../words/expression-style';
import { formatClock, formatCount, formatShare, formatSpan } from '../../words/format';
import { personName } from '../../words/person-style';
import { Button } from '../shared/Button';
import { FileWriting } from '../shared/FileWriting';
import { DownloadIcon } from '../shared/icons';
import { ProbabilityStrip } from '../shared/ProbabilityStrip';
import { TableFrame } from '../shared/TableFrame';
import { useFileWriting } from '../shared/use-file-writing';
import { useLanguage } from '../use-language';
import { useSettings } from '../use-settings';
import { inEnglish, t } from '../../words/i18n';
import styles from './IntervalTable.module.css';
import { useFirstRows, type RowMedia } from './use-first-rows';

interface Props {
  /** The session's name, and the stem of its file names. */
  readonly name: string;
  readonly stem: string;
  readonly store: ObservationStore;
  readonly markers: readonly Marker[];
  readonly assignment: PeopleAssignment;
  readonly whole: SessionSpan;
}

/** Statistics of the intervals between markers, for everyone or one person, with downloads. */
export function IntervalTable({ name, stem, store, markers, assignment, whole }: Props) {
  const [{ csvForExcel: byteOrderMark }] = useSettings();
  const [picked, setPicked] = useState<number | null>(null);
  // Its rows follow in an interruptible rendering.
  const intervals = useDeferredValue(useIntervals({ store, markers, assignment, whole }));
  const people = useMemo(() => peopleOf(intervals ?? []), [intervals]);
  const { state: writing, write, cancel } = useFileWriting();
  if (!intervals || intervals.length < 2) return null;
  const nameOf = (person: number) => personName(person, assignment.nameOf(person));
  const download = () =>
    write(async (signal, onProgress) => {
      const names = new Map(people.map((person) => [person, inEnglish(() => nameOf(person))]));
      const parts = intervalCsvParts(name, intervals, (person) => names.get(person) ?? '', { byteOrderMark });
      const file = await gatherBlob(parts, 'text/csv;charset=utf-8', { signal, onProgress: (done) => onProgress(done / (intervals.length + 1)) });
      saveFile(file, `${stem}_intervals.csv`);
    });
  const shown = picked !== null && people.includes(picked) ? picked : null;
  return (
    <div className={styles['intervals']}>
      <header>
        <h3>{t('Between the markers')}</h3>
        {people.length > 1 && (
          <label>
            <span className="visually-hidden">{t('Person')}</span>
            <select value={shown ?? ''} onChange={({ target }) => setPicked(target.value === '' ? null : Number(target.value))}>
              <option value="">{t('Everybody')}</option>
              {people.map((person) => (
                <option key={person} value={person}>
                  {nameOf(person)}
                </option>
              ))}
            </select>
          </label>
        )}
        <Button variant="quiet" data-unprinted aria-label={t('Download the intervals as CSV')} onPress={download}>
          <DownloadIcon />
          {t('CSV')}
        </Button>
        <FileWriting state={writing} onCancel={cancel} />
      </header>
      <IntervalRows intervals={intervals} person={shown} people={people.length} />
    </div>
  );
}

/** People in any of the intervals, by number. */
function peopleOf(intervals: readonly IntervalSummary[]): readonly number[] {
  const people = new Set<number>();
  for (const interval of intervals) for (const person of interval.people.keys()) people.add(person);
  return [...people].sort((a, b) => a - b);
}

interface RowsProps {
  readonly intervals: readonly IntervalSummary[];
  /** Null for everybody. */
  readonly person: number | null;
  /** Number of people in the session. */
  readonly people: number;
}

const IntervalRows = memo(function IntervalRows({ intervals, person, people }: RowsProps) {
  useLanguage();
  const { shown, before, after } = useFirstRows(intervals, people);
  return (
    <>
      {before}
      <TableFrame label={t('Between the markers')} holds="words">
        <thead>
          <tr>
            <th scope="col">{t('From')}</th>
            <th scope="col">{t('Marker')}</th>
            <th scope="col">{t('Mostly')}</th>
            <th scope="col">{t('Shares of time')}</th>
            <th scope="col">{t('Seen')}</th>
            <th scope="col">{t('Faces')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, media }, i) => (
            <Row key={i} interval={row} person={person} media={media} />
          ))}
        </tbody>
      </TableFrame>
      {after}
    </>
  );
});

function Row({ interval, person, media }: { readonly interval: IntervalSummary; readonly person: number | null; readonly media: RowMedia }) {
  const { fromMs, toMs, marker, everybody, people } = interval;
  const summary = person === null ? everybody : people.get(person);
  const isSeen = summary !== undefined && summary.observations > 0;
  const tells = isSeen && summaryTells(summary);
  return (
    <tr {...media}>
      <td>{formatSpan(formatClock(fromMs, 1), formatClock(toMs, 1))}</td>
      <th scope="row">{marker ? marker.note || t('No note') : t('Start')}</th>
      <td>{tells ? (summary.dominant ? `${t(EXPRESSION_STYLE[summary.dominant].name)} ${formatShare(summary.share[summary.dominant])}` : t('Uncertain')) : !isSeen && t('Not in view')}</td>
      <td>{tells && <ProbabilityStrip probabilities={summary.share} />}</td>
      <td>{isSeen && formatClock(summary.seenMs, 1)}</td>
      <td>{isSeen && formatCount(summary.observations)}</td>
    </tr>
  );
}

/** Null until computed. */
function useIntervals({ store, markers, assignment, whole }: Pick<Props, 'store' | 'markers' | 'assignment' | 'whole'>): readonly IntervalSummary[] | null {
  const [{ leaveOutConcerns }] = useSettings();
  const { frames } = useSyncExternalStore(store.subscribe, store.getSnapshot);
  const [intervals, setIntervals] = useState<readonly IntervalSummary[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const sum = async () => {
      // Keeps the task short that renders the markers.
      await yieldToEventLoop();
      stop.signal.throwIfAborted();
      const tally = new IntervalTally(intervalsBetween(markers, whole));
      await visitYielding(store.since(-Infinity), (face) => {
        const person = assignment.personOf(face.track, face.timestampMs);
        if (!assignment.isLeftOut(person) && !(leaveOutConcerns && hasConcerns(face))) tally.add(face, person);
      }, stop.signal);
      const summaries: IntervalSummary[] = [];
      await visitYielding(tally.summaries(), (summary) => summaries.push(summary), stop.signal);
      if (!stop.signal.aborted) setIntervals(summaries);
    };
    // Only a newer computation cancels this one.
    sum().catch(() => undefined);
    return () => stop.abort();
  }, [store, markers, assignment, whole, leaveOutConcerns, frames]);
  return intervals;
}
