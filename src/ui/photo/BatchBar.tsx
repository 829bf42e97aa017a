import type { RefObject } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { BATCH_FILTERS, BATCH_ORDERS, type BatchFilter, type BatchOrder, type BatchSummary } from '../../app/photo/batch';
import type { BatchView } from '../../app/photo/batch-view';
import { EXPRESSIONS, type Expression } from '../../engine/labels';
import { expressionName, expressionWord } from '../../words/expression-style';
import { expressionFill } from '../expression-style';
import { type Phrase, msg, t } from '../../words/i18n';
import { formatList } from '../../words/format';
import styles from './BatchBar.module.css';

const ORDER_NAMES: Readonly<Record<BatchOrder, Phrase>> = { added: msg('As added'), name: msg('By name'), faces: msg('Most faces first'), surest: msg('Most confident first') };

interface Props {
  readonly summary: BatchSummary;
  readonly view: BatchView;
  readonly onView: (view: BatchView) => void;
  readonly searchField: RefObject<HTMLInputElement | null>;
}

/** A batch's overall result, with filters, search and order. */
export function BatchBar({ summary, view, onView, searchField }: Props) {
  const offered = BATCH_FILTERS.filter((filter) => filter === 'all' || filter === view.filter || (summary.photos.get(filter) ?? 0) > 0);
  return (
    <section className={styles['bar']} data-unprinted aria-label={t('All photos together')}>
      <div className={styles['shares']} role="img" aria-label={wordShares(summary)}>
        {EXPRESSIONS.map((e) => summary.named[e] > 0 && <span key={e} {...expressionFill(e, { flexGrow: summary.named[e] })} />)}
        {summary.uncertain > 0 && <span className={styles['uncertain']} style={{ flexGrow: summary.uncertain }} />}
      </div>
      <div className={styles['row']}>
        <ToggleButtonGroup
          className={styles['filters'] ?? ''}
          aria-label={t('Show photos with')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view.filter]}
          onSelectionChange={([key]) => onView({ ...view, filter: BATCH_FILTERS.find((known) => known === key) ?? 'all' })}
        >
          {offered.map((filter) => (
            <ToggleButton key={filter} id={filter} className={styles['filter'] ?? ''}>
              {isExpression(filter) && <span className={styles['dot']} {...expressionFill(filter)} data-dot />}
              {nameOf(filter)} <span className={styles['count']}>{summary.photos.get(filter) ?? 0}</span>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <input
          ref={searchField}
          className={styles['field']}
          type="search"
          aria-label={t('Search photos by name')}
          placeholder={t('Search by name')}
          value={view.search}
          onChange={({ target }) => onView({ ...view, search: target.value })}
        />
        <select
          className={styles['field']}
          aria-label={t('Order of the photos')}
          value={view.order}
          onChange={({ target }) => onView({ ...view, order: BATCH_ORDERS.find((known) => known === target.value) ?? 'added' })}
        >
          {BATCH_ORDERS.map((order) => (
            <option key={order} value={order}>
              {t(ORDER_NAMES[order])}
            </option>
          ))}
        </select>
      </div>
    </section>
  );
}

function isExpression(filter: BatchFilter): filter is Expression {
  return EXPRESSIONS.some((e) => e === filter);
}

function nameOf(filter: BatchFilter): string {
  if (isExpression(filter)) return expressionName(filter);
  return { all: t('All'), uncertain: t('Uncertain'), nobody: t('No face'), unread: t('Not read') }[filter];
}

/** "12 faces: 5 happy, 3 sad, 4 uncertain". */
function wordShares({ faces, named, uncertain }: BatchSummary): string {
  const parts = EXPRESSIONS.filter((e) => named[e] > 0).map((e) => t('{count} {expression}', { count: named[e], expression: expressionWord(e) }));
  if (uncertain > 0) parts.push(t('{count} {expression}', { count: uncertain, expression: t('uncertain') }));
  const count = t('{count, plural, one {# face} other {# faces}}', { count: faces });
  return parts.length === 0 ? count : t('{what}: {parts}', { what: count, parts: formatList(parts) });
}
