import { SerialQueue } from '../../engine/serial-queue';
import { yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { useEffect, useRef } from 'react';
import { EXPRESSIONS, verdictOf, type Probabilities } from '../../engine/labels';
import { expressionName } from '../../words/expression-style';
import { formatShare } from '../../words/format';
import { useColorScheme } from '../use-color-scheme';
import type { ProbabilityChart } from '../../app/results/probability-chart';
import { t } from '../../words/i18n';
import { loadChart } from './load-chart';
import styles from './ProbabilityBars.module.css';

const charts = new SerialQueue();

/** Creates each chart in its own task; together with the rest of a card, or with other charts, it would block the page. */
function inTurn(make: () => void): void {
  void charts.add(async () => {
    await yieldToEventLoop();
    make();
  });
}

interface Props {
  readonly probabilities: Probabilities;
  /** True if no expression stands out: none is emphasised. */
  readonly uncertain: boolean;
}

/**
 * Seven bars in fixed order; those named in the headline are emphasised. Names and numbers are an accessible table that is rendered at once;
 * Chart.js draws the bars between them.
 */
export function ProbabilityBars({ probabilities, uncertain }: Props) {
  const { label, closeCall } = verdictOf(probabilities);
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<ProbabilityChart | null>(null);
  const scheme = useColorScheme();
  const drawn = useRef({ probabilities, scheme });

  useEffect(() => {
    drawn.current = { probabilities, scheme };
    chart.current?.draw(probabilities, scheme);
  }, [probabilities, scheme]);

  useEffect(() => {
    let mounted = true;
    loadChart().then(
      ({ ProbabilityChart }) => {
        inTurn(() => {
          if (!mounted || !canvas.current) return;
          chart.current = new ProbabilityChart(canvas.current, drawn.current.probabilities, drawn.current.scheme);
        });
      },
      () => undefined,
    );
    return () => {
      mounted = false;
      chart.current?.destroy();
      chart.current = null;
    };
  }, []);

  return (
    <div className={styles['bars']}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('Probability of each expression')}</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('Expression')}</th>
            <th scope="col">{t('Probability')}</th>
          </tr>
        </thead>
        <tbody>
          {EXPRESSIONS.map((e) => (
            <tr key={e} data-strongest={((e === label || e === closeCall) && !uncertain) || undefined}>
              <th scope="row">{expressionName(e)}</th>
              <td>{formatShare(probabilities[e])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles['canvas']} aria-hidden="true">
        <canvas ref={canvas} />
      </div>
    </div>
  );
}
