import { formatCount } from './format';
import { t } from './i18n';

/** Announces an edit of markers. */
export function wordMarkerEdit(edit: 'added' | 'moved' | 'renamed' | 'deleted' | 'imported', count: number): string {
  switch (edit) {
    case 'added':
      return t('The moment was marked');
    case 'moved':
      return t('The marker was moved');
    case 'renamed':
      return t('The marker was renamed');
    case 'deleted':
      return t('The marker was deleted');
    case 'imported':
      return t('{count, plural, one {# event was added} other {# events were added}}', { count });
  }
}

const MOST_ROWS = 5;

/** Outcome of reading an event file. */
export interface EventsOutcome {
  readonly count: number;
  /** Events that became markers, and events that were markers already. */
  readonly fresh: number;
  readonly known: number;
  /** Line numbers of rows without a time. */
  readonly withoutTime: readonly number[];
  /** Number of events before the session's start or after its end. */
  readonly outside: number;
}

export function wordTooManyEvents(count: number, most: number): string {
  return t('{count} events are too many: at most {most} can be imported from one file. Leave out rows that you do not need.', { count: formatCount(count), most: formatCount(most) });
}

/** Remarks on an imported event file: "2 rows have no time: 5, 9. 1 event lies outside the session and was left out." Empty if all events are new. */
export function wordEvents({ count, fresh, known, withoutTime, outside }: EventsOutcome): string {
  const sentences: string[] = [];
  if (count === 0) sentences.push(t('This file has no events. Each row needs a time, in seconds or as 1:15, and a label: “12.5, film begins”.'));
  if (known > 0) sentences.push(t('{fresh, plural, =0 {No event is new} one {# event is new} other {# events are new}}, {known, plural, one {# was there already} other {# were there already}}.', { fresh, known }));
  if (withoutTime.length > 0) {
    const rows = withoutTime.slice(0, MOST_ROWS).join(', ') + (withoutTime.length > MOST_ROWS ? ' …' : '');
    sentences.push(t('{count, plural, one {Row {rows} has no time.} other {# rows have no time: {rows}.}}', { count: withoutTime.length, rows }));
  }
  if (outside > 0) sentences.push(t('{count, plural, one {# event lies outside the session and was left out.} other {# events lie outside the session and were left out.}}', { count: outside }));
  return sentences.join(' ');
}
