import { useState, type ReactNode } from 'react';
import { t } from '../../words/i18n';
import { formatCount } from '../../words/format';
import { Button } from '../shared/Button';
import paper from '../shared/Paper.module.css';

/** Rows added by each press: rendering thousands at once would block the page for seconds. */
const STEP = 100;
/** Rows that fit on a printed page with the rest of a report; the lists' style sheets hide the others. */
export const PAPER_ROWS = 15;

/** Limits a long list to its first rows, with a button that shows more. */
export function useFirstRows<T>(rows: readonly T[]): { readonly first: readonly T[]; readonly more: ReactNode } {
  const [most, setMost] = useState(STEP);
  const left = rows.length - most;
  const more = (
    <>
      {left > 0 && (
        <Button variant="quiet" data-unprinted onPress={() => setMost(most + STEP)}>
          {t('Show {count, plural, one {# more} other {# more}}', { count: Math.min(left, STEP) })}
        </Button>
      )}
      {rows.length > PAPER_ROWS && <p className={paper['paper']}>{wordFirstOnPaper(rows.length)}</p>}
    </>
  );
  return { first: rows.slice(0, most), more };
}

export function wordFirstOnPaper(all: number): string {
  return t('The first {count} of {all} are printed; files have them all.', { count: PAPER_ROWS, all: formatCount(all) });
}
