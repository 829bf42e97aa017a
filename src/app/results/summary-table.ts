import { EXPRESSIONS } from '../../engine/labels';
import type { ExpressionSummary } from '../../session/statistics';
import { expressionName } from '../../words/expression-style';
import { t } from '../../words/i18n';

/** A person's totals as table rows: shares of 1, to three decimals. */
export function summaryTable({ share, mean, uncertainShare }: ExpressionSummary): string[][] {
  return [
    [t('Expression'), t('Share of time'), t('Mean')],
    ...EXPRESSIONS.map((e) => [expressionName(e), share[e].toFixed(3), mean[e].toFixed(3)]),
    [t('Uncertain'), uncertainShare.toFixed(3), ''],
  ];
}
