import { EXPRESSIONS } from '../../engine/labels';
import type { PersonSummary as Summary } from '../../session/statistics';
import { expressionName } from '../../words/expression-style';
import { expressionColorVariable } from '../expression-style';
import { formatDuration, formatShare } from '../../words/format';
import { t } from '../../words/i18n';
import styles from './PersonSummary.module.css';

interface Props {
  readonly person: Summary;
  readonly name: string;
}

/** One person's statistics over a recording. */
export function PersonSummary({ person: { summary }, name }: Props) {
  return (
    <section className={styles['summary']} aria-label={t('Summary of {name}', { name })}>
      <p className={styles['lead']}>
        {t('Seen for {duration}, in {frames, plural, one {# frame} other {# frames}}. The expression {changes, plural, =0 {never changed} =1 {changed once} one {changed # time} other {changed # times}}.', {
          duration: formatDuration(summary.seenMs),
          frames: summary.observations,
          changes: summary.switches,
        })}
      </p>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('Expressions of {name}', { name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Expression')}</th>
            <th scope="col">{t('Share of time')}</th>
            <th scope="col">{t('Mean')}</th>
          </tr>
        </thead>
        <tbody>
          {EXPRESSIONS.map((e) => (
            <tr key={e} data-strongest={e === summary.dominant || undefined}>
              <th scope="row">{expressionName(e)}</th>
              <td>
                <Share share={summary.share[e]} color={expressionColorVariable(e)} />
              </td>
              <td>{formatShare(summary.mean[e])}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('Uncertain')}</th>
            <td>
              <Share share={summary.uncertainShare} color="var(--color-line-strong)" />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Share({ share, color }: { readonly share: number; readonly color: string }) {
  return (
    <span className={styles['share']}>
      <span className={styles['bar']} aria-hidden="true">
        <span style={{ width: `${share * 100}%`, background: color }} />
      </span>
      <span>{formatShare(share)}</span>
    </span>
  );
}
