import { useState, type ReactNode } from 'react';
import { t } from '../../words/i18n';
import { formatCount } from '../../words/format';
import { Button } from '../shared/Button';
import paper from '../shared/Paper.module.css';

/** Rows that a press brings: thousands at once hold the page up for seconds. */
const STEP = 100;
/** A page of paper has room for so many beside the rest of a report; the style sheets of their lists hide the others. */
export const PAPER_ROWS = 15;

/** The first of many rows, and what brings more of them. */
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
