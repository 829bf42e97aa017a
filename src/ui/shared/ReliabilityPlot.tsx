import { formatPercent } from '../../words/format';
import { t } from '../../words/i18n';
import styles from './ReliabilityPlot.module.css';

const SIDE = 100;
const TICKS = [0, 0.5, 1] as const;

/** Faces with similar confidence. */
export interface ReliabilityBin {
  readonly faces: number;
  /** Mean confidence, 0–1. */
  readonly confidence: number;
  /** Share classified correctly, 0–1. */
  readonly accuracy: number;
}

/** A model's accuracy at each confidence, against perfect calibration. */
export function ReliabilityPlot({ bins }: { readonly bins: readonly ReliabilityBin[] }) {
  const held = bins.filter(({ faces }) => faces > 0);
  const most = Math.max(...held.map(({ faces }) => faces));
  const words = held.map((bin) => t('{confidence} confident: accuracy {accuracy} on {faces, plural, one {# face} other {# faces}}', { confidence: formatPercent(bin.confidence, 0), accuracy: formatPercent(bin.accuracy, 0), faces: bin.faces }));
  return (
    <svg className={styles['plot']} viewBox={`-32 -6 ${SIDE + 42} ${SIDE + 28}`} role="img" aria-label={words.join('; ')}>
      <rect className={styles['frame']} width={SIDE} height={SIDE} />
      {TICKS.map((share) => (
        <g key={share}>
          <text x={share * SIDE} y={SIDE + 8} textAnchor="middle">
            {formatPercent(share, 0)}
          </text>
          <text x={-3} y={(1 - share) * SIDE} textAnchor="end" dominantBaseline="middle">
            {formatPercent(share, 0)}
          </text>
        </g>
      ))}
      <line className={styles['promise']} x1={0} y1={SIDE} x2={SIDE} y2={0} />
      {held.map(({ faces, confidence, accuracy }) => (
        // A point's area grows with its number of faces.
        <circle key={confidence} className={styles['bin']} cx={confidence * SIDE} cy={(1 - accuracy) * SIDE} r={1 + 4 * Math.sqrt(faces / most)} />
      ))}
      <text x={SIDE / 2} y={SIDE + 18} textAnchor="middle">
        {t('confidence')}
      </text>
      <text x={-SIDE / 2} y={-24} textAnchor="middle" transform="rotate(-90)">
        {t('accuracy')}
      </text>
    </svg>
  );
}
