import type { CSSProperties } from 'react';
import { EXPRESSIONS } from '../../engine/labels';
import { expressionName } from '../../words/expression-style';
import { formatCount, formatShare } from '../../words/format';
import { t } from '../../words/i18n';
import styles from './ConfusionMatrix.module.css';

/** For the faces of each expression (row), the share classified as each expression (column). Darker means more. */
export function ConfusionMatrix({ counts }: { readonly counts: readonly (readonly number[])[] }) {
  return (
    <div className={styles['frame']} tabIndex={0} role="group" aria-label={t('Confusion matrix')}>
      <table className={styles['matrix']}>
        <caption>{t('Faces of each expression (row), and what they were named (column)')}</caption>
        <thead>
          <tr>
            <td />
            {EXPRESSIONS.map((e) => (
              <th key={e} scope="col">
                <span>{expressionName(e)}</span>
              </th>
            ))}
            <th scope="col">
              <span>{t('Faces')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {EXPRESSIONS.map((e, i) => {
            const row = counts[i] ?? [];
            const faces = row.reduce((sum, n) => sum + n, 0);
            return (
              <tr key={e}>
                <th scope="row">{expressionName(e)}</th>
                {row.map((n, j) => (
                  <Cell key={EXPRESSIONS[j]} share={faces > 0 ? n / faces : 0} right={i === j} />
                ))}
                <td className={styles['faces']}>{formatCount(faces)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ share, right }: { readonly share: number; readonly right: boolean }) {
  const style = { '--share': share } as CSSProperties;
  return (
    <td className={right ? styles['right'] : styles['cell']} style={style}>
      {share > 0 ? formatShare(share) : ''}
    </td>
  );
}
