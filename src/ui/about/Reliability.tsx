import type { CalibrationView } from '../../engine/model-card';
import { formatNumber, formatPercent } from '../../words/format';
import { ReliabilityPlot } from '../shared/ReliabilityPlot';
import { msg, t } from '../../words/i18n';
import { Rich } from '../shared/Rich';
import styles from './Reliability.module.css';

/** The app's accuracy at each confidence, against perfect calibration. */
export function Reliability({ calibration }: { readonly calibration: CalibrationView }) {
  const { count, ece, nll, brier, kl, bins } = calibration;
  return (
    <section>
      <h3>{t('What its confidence is worth')}</h3>
      <div className={styles['reliability']}>
        <ReliabilityPlot bins={bins} />
        <p>
          <Rich
            message={msg(
              'When Mien is 80% confident, it should be right 80% of the time: the points should lie on the line. They are off by <strong>{ece}</strong> on average (expected calibration error, 15 steps), by the majority of ten people, on {count, plural, one {# face} other {# faces}} that it was not fitted on. Negative log-likelihood {nll}, Brier score {brier}, divergence from the votes {kl}.',
            )}
            values={{ ece: formatPercent(ece, 1), count, nll: formatNumber(nll, { decimals: 3 }), brier: formatNumber(brier, { decimals: 3 }), kl: formatNumber(kl, { decimals: 3 }) }}
            parts={{ strong: (text) => <strong>{text}</strong> }}
          />
        </p>
      </div>
    </section>
  );
}
