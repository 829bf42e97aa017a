import { cardText } from '../../words/card-text';
import { formatCount, formatPercent, formatSpan } from '../../words/format';
import { t } from '../../words/i18n';
import { SENSITIVITY_NAMES } from '../../words/sensitivity';
import { TableFrame } from '../shared/TableFrame';
import styles from './TransferTable.module.css';
import type { SensitivityRow, TransferView } from '../../engine/model-card';

/** The model's accuracy on other data sets, and the cost of each sensitivity. */
export function TransferTable({ transfer, sensitivity }: { readonly transfer: TransferView; readonly sensitivity: readonly SensitivityRow[] }) {
  return (
    <section>
      <h3>{t('On faces from elsewhere')}</h3>
      <p className={styles['hint']}>
        {t('No model here has learnt from these sets. Mean recall counts every expression alike; in brackets, the range that holds it with 95% confidence when other people are drawn. Transfer score, the mean of the mean recalls: {score}.', { score: formatPercent(transfer.score, 1) })}
      </p>
      <TableFrame label={t('Accuracy on faces from elsewhere')}>
        <thead>
          <tr>
            <th scope="col">{t('Set')}</th>
            <th scope="col">{t('Faces')}</th>
            <th scope="col">{t('People')}</th>
            <th scope="col">{t('Accuracy')}</th>
            <th scope="col">{t('Accuracy among the most confident 80%')}</th>
            <th scope="col">{t('Mean recall')}</th>
            <th scope="col">{t('Too confident or cautious by')}</th>
          </tr>
        </thead>
        <tbody>
          {transfer.sets.map((set) => (
            <tr key={set.name}>
              <th scope="row" title={cardText(set.source)}>
                {cardText(set.name)}
              </th>
              <td>{formatCount(set.faces)}</td>
              <td>{formatCount(set.people)}</td>
              <td>{formatPercent(set.accuracy, 1)}</td>
              <td>{set.surest80 === null ? '–' : `${formatPercent(set.surest80.accuracy, 1)} (${formatRange(set.surest80.interval95)})`}</td>
              <td>
                {formatPercent(set.recall, 1)} ({formatRange(set.recall95)})
              </td>
              <td>{formatPercent(set.ece, 1)}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {sensitivity.length > 0 && (
        <TableFrame label={t('What each sensitivity costs')}>
          <thead>
            <tr>
              <th scope="col">{t('Sensitivity')}</th>
              <th scope="col">{t('Transfer score')}</th>
              <th scope="col">{t('Accuracy by FER+ votes')}</th>
              <th scope="col">{t('Mean recall there')}</th>
              <th scope="col">{t('Resting faces named neutral')}</th>
            </tr>
          </thead>
          <tbody>
            {sensitivity.map((row) => (
              <tr key={row.level}>
                <th scope="row">{t(SENSITIVITY_NAMES[row.level])}</th>
                <td>{formatPercent(row.transferScore, 1)}</td>
                <td>{formatPercent(row.ferplusAccuracy, 1)}</td>
                <td>{formatPercent(row.ferplusRecall, 1)}</td>
                <td>{formatPercent(row.neutralKept, 1)}</td>
              </tr>
            ))}
          </tbody>
        </TableFrame>
      )}
    </section>
  );
}

function formatRange([from, to]: readonly [number, number]): string {
  return formatSpan(formatPercent(from, 0), formatPercent(to, 0));
}
