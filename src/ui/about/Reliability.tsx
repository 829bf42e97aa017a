import type { CalibrationView } from '../../engine/model-card';
import { formatPercent } from '../../words/format';
import { ReliabilityPlot } from '../shared/ReliabilityPlot';
import styles from './Reliability.module.css';

/** How often the app is right at each confidence, beside what the confidence promises. */
export function Reliability({ calibration }: { readonly calibration: CalibrationView }) {
  const { count, ece, nll, brier, kl, bins } = calibration;
  return (
    <section>
      <h3>What its confidence is worth</h3>
      <div className={styles['reliability']}>
        <ReliabilityPlot bins={bins} />
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
