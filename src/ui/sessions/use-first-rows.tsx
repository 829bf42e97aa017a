import { useState, type ReactNode } from 'react';
import { paperRows } from '../../app/library/paper-rows';
import { t } from '../../words/i18n';
import { formatCount } from '../../words/format';
import { Button } from '../shared/Button';
import paper from '../shared/Paper.module.css';

/** Rows added by each press: rendering thousands at once would block the page for seconds. */
const STEP = 50;

/** Attributes of a row's element. */
export type RowMedia = { readonly 'data-unprinted'?: true; readonly 'data-print-only'?: true };

const EVERYWHERE: RowMedia = {};
const ON_SCREEN: RowMedia = { 'data-unprinted': true };
const ON_PAPER: RowMedia = { 'data-print-only': true };

interface Rows<T> {
  readonly shown: readonly { readonly row: T; readonly media: RowMedia }[];
  /** A button above the rows, while earlier ones are hidden. */
  readonly before: ReactNode;
  /** A button below the rows, while later ones are hidden, and on paper the number of all. */
  readonly after: ReactNode;
}

/**
 * Limits a long list to a range of rows, at first the first ones, with buttons that show more. Paper has the first ones in any case.
 *
 * @param people the session's number of people, which take room on a printed page.
 * @param wanted a row that the range moves to when it changes; null for none.
 */
export function useFirstRows<T>(rows: readonly T[], people: number, wanted: T | null = null): Rows<T> {
  const [range, setRange] = useState({ from: 0, to: STEP });
  const [lastWanted, setLastWanted] = useState(wanted);
  if (wanted !== lastWanted) {
    setLastWanted(wanted);
    const at = wanted === null ? -1 : rows.indexOf(wanted);
    if (at >= 0 && (at < range.from || at >= range.to)) setRange({ from: Math.max(0, at - STEP / 2), to: at + STEP / 2 });
  }
  const { from, to } = range;
  const later = rows.length - to;
  const printed = paperRows(people);
  return {
    shown: [
      ...rows.slice(0, Math.min(from, printed)).map((row) => ({ row, media: ON_PAPER })),
      ...rows.slice(from, to).map((row, i) => ({ row, media: from + i < printed ? EVERYWHERE : ON_SCREEN })),
    ],
    before: from > 0 && (
      <Button variant="quiet" data-unprinted onPress={() => setRange({ from: Math.max(0, from - STEP), to })}>
        {t('Show {count, plural, one {# earlier} other {# earlier}}', { count: Math.min(from, STEP) })}
      </Button>
    ),
    after: (
      <>
        {later > 0 && (
          <Button variant="quiet" data-unprinted onPress={() => setRange({ from, to: to + STEP })}>
            {t('Show {count, plural, one {# more} other {# more}}', { count: Math.min(later, STEP) })}
          </Button>
        )}
        {rows.length > printed && <p className={paper['paper']}>{wordFirstOnPaper(printed, rows.length)}</p>}
      </>
    ),
  };
}

export function wordFirstOnPaper(printed: number, all: number): string {
  return t('The first {count} of {all} are printed; files have them all.', { count: printed, all: formatCount(all) });
}
