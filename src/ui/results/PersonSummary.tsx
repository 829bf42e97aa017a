import { EXPRESSIONS } from '../../engine/labels';
import type { PersonSummary as Summary } from '../../session/statistics';
import { EXPRESSION_STYLE } from '../../words/expression-style';
import { expressionColorVariable } from '../expression-style';
import { formatDuration, formatShare } from '../../words/format';
import styles from './PersonSummary.module.css';

interface Props {
  readonly person: Summary;
  readonly name: string;
}

/** How somebody looked over a recording, in numbers. */
export function PersonSummary({ person: { summary }, name }: Props) {
  const changes = summary.switches === 1 ? 'changed once' : `changed ${summary.switches} times`;
  return (
    <section className={styles['summary']} aria-label={`Summary of ${name}`}>
      <p className={styles['lead']}>
        Seen for {formatDuration(summary.seenMs)}, in {summary.observations === 1 ? '1 frame' : `${summary.observations} frames`}. The
        expression {changes}.
      </p>
      <table className={styles['table']}>
        <caption className="visually-hidden">Expressions of {name}</caption>
        <thead>
          <tr>
            <th scope="col">Expression</th>
            <th scope="col">Share of time</th>
            <th scope="col">Mean</th>
          </tr>
        </thead>
        <tbody>
          {EXPRESSIONS.map((e) => (
            <tr key={e} data-strongest={e === summary.dominant || undefined}>
              <th scope="row">{EXPRESSION_STYLE[e].name}</th>
              <td>
                <Share share={summary.share[e]} color={expressionColorVariable(e)} />
              </td>
              <td>{formatShare(summary.mean[e])}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Uncertain</th>
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
