import { useId, type CSSProperties } from 'react';
import { cardText } from '../../words/card-text';
import { capitalized, formatNumber, formatPercent } from '../../words/format';
import { t } from '../../words/i18n';
import styles from './Robustness.module.css';
import type { Sweep } from '../../engine/model-card';

/** Accuracy under each picture degradation, shaded by its loss against the best of the row. */
export function Robustness({ sweeps }: { readonly sweeps: readonly Sweep[] }) {
  return (
    <section>
      <h3>{t('How it copes with imperfect pictures')}</h3>
      <div className={styles['sweeps']}>
        {sweeps.map((sweep) => (
          <SweepTable key={sweep.name} sweep={sweep} />
        ))}
      </div>
      <p className={styles['hint']}>
        {t('Accuracy of what the app shows, by the majority of ten people, with one thing at a time made worse on purpose. The stronger the shade, the more is lost.')}
      </p>
    </section>
  );
}

function SweepTable({ sweep: { name, points } }: { readonly sweep: Sweep }) {
  const title = useId();
  const best = Math.max(...points.map((p) => p.accuracy));
  return (
    <div className={styles['sweep']}>
      <h4 id={title}>{capitalized(cardText(name))}</h4>
      <dl aria-labelledby={title}>
        {points.map(({ at, accuracy }) => (
          // The shade saturates at a loss of ten percentage points.
          <div key={at} style={{ '--loss': Math.min(1, (best - accuracy) / 0.1) } as CSSProperties}>
            <dt>{formatNumber(at, { decimals: String(at).split('.')[1]?.length ?? 0 })}</dt>
            <dd>{formatPercent(accuracy, 0)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
