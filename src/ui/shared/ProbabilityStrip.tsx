import { EXPRESSIONS, type Probabilities } from '../../engine/labels';
import { expressionFill } from '../expression-style';
import styles from './ProbabilityStrip.module.css';

/** All seven probabilities as one stacked bar, in fixed order; names and numbers are shown beside it. */
export function ProbabilityStrip({ probabilities }: { readonly probabilities: Probabilities }) {
  return (
    <span className={styles['strip']} aria-hidden="true">
      {EXPRESSIONS.map((e) => (
        <span key={e} {...expressionFill(e, { flexGrow: probabilities[e] })} />
      ))}
    </span>
  );
}
