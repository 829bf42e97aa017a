import { formatPercent } from '../../words/format';
import styles from './Reliability.module.css';
import type { CalibrationView } from '../../engine/model-card';

const SIDE = 100;

/** How often the app is right at each confidence, beside what the confidence promises. */
export function Reliability({ calibration }: { readonly calibration: CalibrationView }) {
  const { count, ece, nll, brier, kl, bins } = calibration;
  const most = Math.max(...bins.map((bin) => bin.faces));
  return (
    <section>
      <h3>What its confidence is worth</h3>
      <div className={styles['reliability']}>
        <svg viewBox={`-14 -4 ${SIDE + 20} ${SIDE + 22}`} role="img" aria-label={describe(calibration)}>
          <rect className={styles['frame']} width={SIDE} height={SIDE} />
          <line className={styles['promise']} x1={0} y1={SIDE} x2={SIDE} y2={0} />
          {bins.map(({ faces, confidence, accuracy }) => (
            // The area of a point goes with its faces.
            <circle key={confidence} className={styles['bin']} cx={confidence * SIDE} cy={(1 - accuracy) * SIDE} r={1 + 4 * Math.sqrt(faces / most)} />
          ))}
          <text x={SIDE / 2} y={SIDE + 14} textAnchor="middle">
            confidence
          </text>
          <text x={-SIDE / 2} y={-6} textAnchor="middle" transform="rotate(-90)">
            right
          </text>
        </svg>
        <p>
          When Mien is 80% confident, it should be right 80% of the time: the points should lie on the line. They are off by{' '}
          <strong>{formatPercent(ece, 1)}</strong> on average (expected calibration error, 15 steps), by the majority of ten people, on{' '}
          {count.toLocaleString('en-GB')} faces that it was not fitted on. Negative log-likelihood {nll.toFixed(3)}, Brier score {brier.toFixed(3)},
          divergence from the votes {kl.toFixed(3)}.
        </p>
      </div>
    </section>
  );
}

function describe({ bins }: CalibrationView): string {
  return bins.map((b) => `${formatPercent(b.confidence, 0)} confident, ${formatPercent(b.accuracy, 0)} right of ${b.faces}`).join('; ');
}
