import { useState, type CSSProperties } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { EvaluationResult, Judgement } from '../../../app/lab/evaluation';
import { answerTo } from '../../../lab/metrics/answers';
import { classWord } from '../../../words/class-word';
import { formatCount, formatShare } from '../../../words/format';
import { FaceGrid } from '../FaceGrid';
import { TableFrame } from '../../shared/TableFrame';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';
import own from './confusion.module.css';

interface Props {
  readonly result: EvaluationResult;
  readonly judgement: Judgement;
}

/** Confusion matrix; a cell opens its faces. */
export function Confusion({ result, judgement }: Props) {
  const { accuracy, answers } = judgement;
  const [open, setOpen] = useState<{ readonly row: number; readonly column: number } | null>(null);
  const { classes } = answers;
  const behind = open
    ? result.faces.flatMap((face, at) => (answers.labels[at] === open.row && answerTo(answers, at).predicted === open.column ? [{ face, at }] : []))
    : [];
  return (
    <div className={styles['card']}>
      <h3>{t('Which expressions are confused')}</h3>
      <p className={styles['hint']}>{t('Faces of each class (row), and what they were named (column). A cell opens its faces.')}</p>
      <TableFrame label={t('Confusion matrix')} className={own['matrix']}>
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col">
                <span>{classWord(name)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, row) => {
            const counts = accuracy.confusion[row] ?? [];
            const total = counts.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={name}>
                <th scope="row">{classWord(name)}</th>
                {counts.map((count, column) => (
                  <td key={column} data-right={row === column || undefined} style={{ '--share': `${total > 0 ? Math.round((100 * count) / total) : 0}%` } as CSSProperties}>
                    <AriaButton
                      isDisabled={count === 0}
                      aria-label={t('{name} named {answer}: {count, plural, one {# face} other {# faces}}, {share}', { name: classWord(name), answer: classWord(classes[column] ?? ''), count, share: formatShare(total > 0 ? count / total : 0) })}
                      aria-expanded={open?.row === row && open.column === column}
                      onPress={() => setOpen(open?.row === row && open.column === column ? null : { row, column })}
                    >
                      {formatCount(count)}
                    </AriaButton>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </TableFrame>
      {open && (
        <div className={styles['section']} data-unprinted>
          <h4>
            {t('{name} named {answer}', { name: classWord(classes[open.row] ?? ''), answer: classWord(classes[open.column] ?? '') })}
          </h4>
          <FaceGrid
            key={`${open.row} ${open.column}`}
            label={t('Faces of this cell')}
            data={result.data}
            faces={behind.map(({ face }) => face)}
            describe={(_, i) => formatShare(answerTo(answers, behind[i]?.at ?? 0).confidence)}
          />
        </div>
      )}
    </div>
  );
}
