import { EXPRESSIONS } from '../../engine/labels';
import type { ExpressionSummary } from '../../session/statistics';
import { expressionName } from '../../words/expression-style';
import { formatNumber } from '../../words/format';
import { t } from '../../words/i18n';

/** A person's totals as table rows: shares of 1, to three decimals of the chosen language. */
export function summaryTable({ share, mean, uncertainShare }: ExpressionSummary): string[][] {
  return [
    [t('Expression'), t('Share of time'), t('Mean')],
    ...EXPRESSIONS.map((e) => [expressionName(e), thousandths(share[e]), thousandths(mean[e])]),
    [t('Uncertain'), thousandths(uncertainShare), ''],
  ];
}

function thousandths(share: number): string {
  return formatNumber(share, { decimals: 3 });
}
