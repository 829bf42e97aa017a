import { yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { usualIntervalMs } from '../../session/frame-interval';
import { mainPeople } from '../../session/people';
import { PeopleAssignment } from '../../session/people-edits';
import { PeopleIndex } from '../../session/people-index';
import type { ArchivedSession, LoadedSession } from '../../session/session-archive';
import { spanOf } from '../../session/session-info';
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
/** Printable height of Letter, the lower of Letter and A4, less the line about the model and the table's margins, CSS pixels. */
const PAGE_HEIGHT = 850;
/** Height of the title, without and with a picture. */
const TITLE_HEIGHT = 48;
const PICTURE_HEIGHT = 88;
/** Height of a person's row of totals. */
const ROW_HEIGHT = 29;
/** Height of a line of text; two markers share one. */
const LINE_HEIGHT = 21;
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
  const whole = spanOf(info, store.getSnapshot().newestMs);
  const counted = mainPeople(index.people().filter(({ person }) => !assignment.isLeftOut(person)), intervalMs);
  // The line after the printed markers counts the others.
  const markerLines = Math.ceil(Math.min(paperRows(counted.length), info.markers.length) / 2) + 1;
  const room = PAGE_HEIGHT - (info.thumbnail ? PICTURE_HEIGHT : TITLE_HEIGHT) - ROW_HEIGHT * (1 + counted.length) - LINE_HEIGHT * markerLines;
  const drawn = Math.max(0, Math.min(MOST_PEOPLE, counted.length, Math.floor(room / LEAST_HEIGHT)));
  const height = Math.min(MOST_HEIGHT, Math.floor(room / Math.max(1, drawn)));
  const people = counted.map((person, place): ReportedPerson => {
    const series = place < drawn && summaryTells(person.summary) ? index.series(person.person) : null;
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
