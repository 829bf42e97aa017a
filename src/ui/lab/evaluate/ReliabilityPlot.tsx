import type { CalibrationReport } from '../../../lab/metrics/calibration';
import { formatPercent } from '../../../words/format';
import styles from '../lab.module.css';

const SIDE = 100;

/** How often a model is right at each confidence, beside what the confidence promises. */
export function ReliabilityPlot({ calibration: { bins, ece } }: { readonly calibration: CalibrationReport }) {
  const held = bins.filter(({ count }) => count > 0);
  const most = Math.max(1, ...held.map(({ count }) => count));
  const words = held.map(({ count, confidence, accuracy }) => `${formatPercent(confidence, 0)} confident, ${formatPercent(accuracy, 0)} right of ${count}`);
  return (
    <figure className={styles['plot']}>
      <svg viewBox={`-14 -4 ${SIDE + 20} ${SIDE + 22}`} role="img" aria-label={words.join('; ')}>
        <rect width={SIDE} height={SIDE} />
        <line x1={0} y1={SIDE} x2={SIDE} y2={0} />
        {held.map(({ count, confidence, accuracy }) => (
          <circle key={confidence} cx={confidence * SIDE} cy={(1 - accuracy) * SIDE} r={1 + 4 * Math.sqrt(count / most)} />
        ))}
        <text x={SIDE / 2} y={SIDE + 14} textAnchor="middle">
          confidence
        </text>
        <text x={-SIDE / 2} y={-6} textAnchor="middle" transform="rotate(-90)">
          right
        </text>
      </svg>
      <figcaption className={styles['hint']}>Points on the line keep what the confidence promises; they are off by {formatPercent(ece, 1)} on average.</figcaption>
    </figure>
  );
}
