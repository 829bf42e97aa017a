import { yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { usualIntervalMs } from '../../session/frame-interval';
import { mainPeople } from '../../session/people';
import { PeopleAssignment } from '../../session/people-edits';
import { PeopleIndex } from '../../session/people-index';
import type { ArchivedSession, LoadedSession } from '../../session/session-archive';
import { summaryTells, type PersonSummary } from '../../session/statistics';
import { languageStore } from '../../words/i18n';
import { directionOf } from '../../words/languages';
import { personName } from '../../words/person-style';
import { drawCurvePicture } from '../results/curve-picture';
import { PAPER_UNIT, PAPER_WIDTH } from '../results/timeline-canvas';
import { paperRows } from './paper-rows';

/** Longest task, ms. */
const BUDGET_MS = 12;
/** Number of people whose curves fit on a page. */
const MOST_PEOPLE = 3;
/** Printable height of Letter and A4, less the title and the line about the model, CSS pixels. */
const PAGE_HEIGHT = 820;
/** Height of a person's row of totals or of a marker. */
const LINE_HEIGHT = 26;
/** Largest and smallest height of a person's curves. */
const MOST_HEIGHT = 300;
const LEAST_HEIGHT = 100;

export interface ReportedPerson {
  readonly name: string;
  readonly person: PersonSummary;
  /** URL of a picture; null for people beyond those that fit on a page. */
  readonly curves: string | null;
}

/** A session's printed page. */
export interface SessionReport {
  readonly info: ArchivedSession;
  readonly people: readonly ReportedPerson[];
}

/** Summarises a session for print in short tasks. @throws the signal's reason. */
export async function reportOf({ info, store }: LoadedSession, signal: AbortSignal): Promise<SessionReport> {
  const assignment = PeopleAssignment.of(info.people);
  const index = new PeopleIndex(store, null, assignment);
  while (!index.advance(BUDGET_MS)) {
    await yieldToEventLoop();
    signal.throwIfAborted();
  }
  const intervalMs = usualIntervalMs(store.readTimesMs());
  const whole = { fromMs: 0, toMs: Math.max(info.durationMs, store.getSnapshot().newestMs ?? 0, 1) };
  const counted = mainPeople(index.people().filter(({ person }) => !assignment.isLeftOut(person)), intervalMs);
  // The line after the printed markers counts the others.
  const markerLines = Math.min(paperRows(counted.length) + 1, info.markers.length);
  const room = PAGE_HEIGHT - LINE_HEIGHT * (1 + counted.length + markerLines);
  const height = Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, Math.floor(room / Math.min(MOST_PEOPLE, Math.max(1, counted.length)))));
  const people = counted.map((person, place): ReportedPerson => {
    const series = place < MOST_PEOPLE && summaryTells(person.summary) ? index.series(person.person) : null;
    const name = personName(person.person, assignment.nameOf(person.person));
    const picture = series && {
      ...{ title: name, note: null, series, whole, intervalMs },
      ...{ markersMs: info.markers.map(({ atMs }) => atMs), scheme: 'light' as const, rightToLeft: directionOf(languageStore.getSnapshot()) === 'rtl', signs: true },
      ...{ size: { width: PAPER_WIDTH, height }, unit: PAPER_UNIT },
    };
    return { name, person, curves: picture && drawCurvePicture(picture).toDataURL('image/png') };
  });
  return { info, people };
}
