import type { CalibrationReport } from '../../../lab/metrics/calibration';
import { formatPercent } from '../../../words/format';
import { ReliabilityPlot } from '../../shared/ReliabilityPlot';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

export function ReliabilityFigure({ calibration: { bins, ece } }: { readonly calibration: CalibrationReport }) {
  return (
    <figure className={styles['plot']}>
      <ReliabilityPlot bins={bins.map(({ count, confidence, accuracy }) => ({ faces: count, confidence, accuracy }))} />
      <figcaption className={styles['hint']}>{t('Points on the line keep what the confidence promises; they are off by {ece} on average.', { ece: formatPercent(ece, 1) })}</figcaption>
    </figure>
  );
}
