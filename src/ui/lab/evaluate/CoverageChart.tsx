import { Chart, LinearScale, LineElement, PointElement, ScatterController } from 'chart.js';
import { Scatter } from 'react-chartjs-2';
import type { Judgement } from '../../../app/lab/evaluation';
import { formatList, formatPercent } from '../../../words/format';
import { useChartColors } from '../../use-chart-colors';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

// No plugins: once registered, they would draw in every chart of the page.
Chart.register(ScatterController, PointElement, LineElement, LinearScale);

/** Most points per line; more would fall on the same pixels. */
const POINTS = 200;
const SHARES = [1, 0.9, 0.8, 0.5];

/** Accuracy among the faces with the highest confidence. */
export function CoverageChart({ judgements }: { readonly judgements: readonly Judgement[] }) {
  const { key, text, grid, accent, warning } = useChartColors();
  const axis = (title: string) => ({
    min: 0,
    max: 1,
    title: { display: true, text: title, color: text },
    ticks: { color: text, callback: (value: string | number) => formatPercent(Number(value), 0) },
    grid: { color: grid },
  });
  return (
    <figure className={styles['plot']}>
      <div className={styles['chart']}>
        <Scatter
          key={key}
          role="img"
          aria-label={judgements.map((judgement) => `${judgement.name}: ${describe(judgement)}`).join('. ')}
          data={{
            datasets: judgements.map(({ name, coverage }, i) => {
              const step = Math.max(1, Math.ceil(coverage.length / POINTS));
              const color = i === 0 ? accent : warning;
              return {
                label: name,
                data: coverage.filter((_, at) => at % step === 0 || at === coverage.length - 1).map((point) => ({ x: point.coverage, y: point.accuracy })),
                showLine: true,
                pointRadius: 0,
                borderColor: color,
                backgroundColor: color,
                borderDash: i === 0 ? [] : [6, 4],
              };
            }),
          }}
          options={{
            animation: false,
            maintainAspectRatio: false,
            events: [],
            scales: { x: axis(t('faces answered, the most confident first')), y: axis(t('accuracy among them')) },
          }}
        />
      </div>
      <figcaption className={styles['hint']}>
        {judgements.map((judgement, i) => (
          <p key={i}>
            {judgements.length > 1 && `${i === 0 ? t('Solid, {name}:', { name: judgement.name }) : t('Dashed, {name}:', { name: judgement.name })} `}
            {describe(judgement)}
          </p>
        ))}
      </figcaption>
    </figure>
  );
}

/** “Accuracy: 97.0% on the most confident 50%, …”. */
function describe(judgement: Judgement): string {
  // With few faces, several shares map to the same point.
  const points = new Set(SHARES.flatMap((share) => judgement.coverage.find(({ coverage }) => coverage >= share) ?? []));
  const parts = Array.from(points, ({ accuracy, coverage }) => t('{accuracy} on the most confident {coverage}', { accuracy: formatPercent(accuracy, 1), coverage: formatPercent(coverage, 0) }));
  return t('Accuracy: {parts}', { parts: formatList(parts) });
}
