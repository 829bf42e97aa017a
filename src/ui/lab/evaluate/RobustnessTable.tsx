import type { EvaluationResult, Judgement } from '../../../app/lab/evaluation';
import { shareWithInterval } from '../../../app/lab/evaluation-words';
import { judgeDisturbed, robustness, type RobustnessResult } from '../../../app/lab/robustness';
import type { Disturbance } from '../../../lab/robustness/disturb';
import { formatCount, formatNumber } from '../../../words/format';
import { TableFrame } from '../../shared/TableFrame';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';
import { RunCard } from './RunCard';

/** Accuracy of a model on dark, blurred, small, rotated or off-centre versions of the faces. */
export function RobustnessTable({ result, judgement }: { readonly result: EvaluationResult; readonly judgement: Judgement }) {
  return (
    <RunCard
      title={t('On worse pictures of the same faces')}
      run={robustness}
      judgement={judgement}
      offer={t('The same faces darker, blurred, smaller, turned and off the middle.')}
      button={t('Judge on worse pictures')}
      onStart={() => void robustness.start(0, (signal, onProgress) => judgeDisturbed(result, judgement, signal, onProgress))}
      progress={(done, total) => t('{done} of {total} disturbed faces', { done: formatCount(done), total: formatCount(total) })}
    >
      {(found) => <Rows {...found} />}
    </RunCard>
  );
}

function Rows({ rows, count }: RobustnessResult) {
  const [asTheyAre] = rows;
  return (
    <>
      <TableFrame label={t('Robustness')}>
        <thead>
          <tr>
            <th scope="col">{t('Faces')}</th>
            <th scope="col">{t('Accuracy')}</th>
            <th scope="col">{t('Points lost')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ how, accuracy, interval }, i) => (
            <tr key={i}>
              <th scope="row">{how ? wordDisturbance(how) : t('as they are')}</th>
              <td>{shareWithInterval(accuracy, interval)}</td>
              <td>{how && asTheyAre ? formatNumber(100 * (asTheyAre.accuracy - accuracy), { decimals: 1 }) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      <p className={styles['hint']}>{t('{count, plural, one {# face} other {# faces}}, evenly out of all. The crop is disturbed, not the whole picture: whether a face is still found is another question.', { count })}</p>
    </>
  );
}

function wordDisturbance({ kind, strength }: Disturbance): string {
  switch (kind) {
    case 'dark':
      return t('darker, gamma {gamma}', { gamma: formatNumber(strength, { decimals: 1 }) });
    case 'bright':
      return t('brighter, gamma {gamma}', { gamma: formatNumber(strength, { decimals: 1 }) });
    case 'blurred':
      return t('blurred by {pixels} of 48 pixels', { pixels: formatNumber(2 * Math.round(strength) + 1, { decimals: 0 }) });
    case 'small':
      return t('{pixels} pixels wide', { pixels: strength });
    case 'turned':
      return t('turned by {degrees}°', { degrees: strength });
    case 'shifted':
      return t('shifted by {percent}%', { percent: Math.round(100 * strength) });
  }
}
