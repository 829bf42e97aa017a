import { CategoryScale, Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { useRef } from 'react';
import { Line } from 'react-chartjs-2';
import { saveTensorBoard, saveTrainingCsv, saveTrainingPlot } from '../../../app/lab/training-files';
import type { EpochRow } from '../../../lab/teach/training-log';
import { formatNumber, formatPercent } from '../../../words/format';
import { t } from '../../../words/i18n';
import { Button } from '../../shared/Button';
import { DownloadIcon } from '../../shared/icons';
import { useChartColors } from '../../use-chart-colors';
import styles from '../lab.module.css';
import own from './training.module.css';

Chart.register(LineController, CategoryScale, PointElement, LineElement, LinearScale);

interface Props {
  readonly rows: readonly EpochRow[];
  readonly bestEpoch: number | null;
}

/** Accuracy and loss by epoch, both downloadable. */
export function TrainingCurves({ rows, bestEpoch }: Props) {
  const plots = useRef<HTMLDivElement>(null);
  const { key, text, grid, accent, warning } = useChartColors();
  const [last] = rows.toReversed();
  if (!last) return null;
  const line = (data: readonly number[], color: string, dashed: boolean) => ({
    data: [...data],
    borderColor: color,
    backgroundColor: color,
    borderDash: dashed ? [6, 4] : [],
    pointRadius: data.length > 1 ? data.map((_, i) => (i === bestEpoch && dashed ? 4 : 0)) : 3,
  });
  const curve = (title: string, learned: readonly number[], chosen: readonly number[], isShare: boolean) => (
    <figure className={own['curve']}>
      <figcaption className={styles['hint']}>
        {t('{title}: solid, of the faces it learns from; dashed, of those that choose the best epoch', { title })}
      </figcaption>
      <div className={own['plot']}>
        <Line
          key={key}
          role="img"
          aria-label={t('{title} by epoch, at last {value}', { title, value: isShare ? formatPercent(chosen.at(-1) ?? 0, 0) : formatNumber(chosen.at(-1) ?? 0, { decimals: 2 }) })}
          data={{ labels: rows.map(({ epoch }) => epoch + 1), datasets: [line(learned, accent, false), line(chosen, warning, true)] }}
          options={{
            animation: false,
            maintainAspectRatio: false,
            events: [],
            scales: {
              x: { title: { display: true, text: t('epoch'), color: text }, ticks: { color: text }, grid: { color: grid } },
              y: { min: 0, ...(isShare && { max: 1 }), ticks: { color: text, ...(isShare && { callback: (value: string | number) => formatPercent(Number(value), 0) }) }, grid: { color: grid } },
            },
          }}
        />
      </div>
    </figure>
  );
  const savePlot = () => {
    const figures = [...(plots.current?.querySelectorAll('figure') ?? [])];
    void saveTrainingPlot(figures.flatMap((figure) => Array.from(figure.querySelectorAll('canvas'), (canvas) => ({ canvas, caption: figure.querySelector('figcaption')?.textContent ?? '' }))));
  };
  return (
    <section className={styles['card']} aria-label={t('Curves')}>
      <div ref={plots} className={own['curves']}>
        {curve(t('Accuracy'), rows.map(({ accuracy }) => accuracy), rows.map(({ valAccuracy }) => valAccuracy), true)}
        {curve(t('Loss'), rows.map(({ loss }) => loss), rows.map(({ valLoss }) => valLoss), false)}
      </div>
      <p className={styles['hint']}>
        {t('Epoch {epoch}: accuracy {share}, loss {loss}, learning rate {rate}.', { epoch: last.epoch + 1, share: formatPercent(last.valAccuracy, 1), loss: formatNumber(last.valLoss, { decimals: 3 }), rate: String(last.learningRate) })}{' '}
        {bestEpoch !== null && t('Best until now: epoch {epoch}.', { epoch: bestEpoch + 1 })}
      </p>
      <div className={styles['actions']}>
        <Button onPress={() => saveTrainingCsv(rows)}>
          <DownloadIcon />
          training_log.csv
        </Button>
        <Button onPress={() => saveTensorBoard(rows)}>
          <DownloadIcon />
          {t('TensorBoard events')}
        </Button>
        <Button onPress={savePlot}>
          <DownloadIcon />
          training_plot.png
        </Button>
      </div>
    </section>
  );
}
