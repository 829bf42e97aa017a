import { useId, useMemo, useState } from 'react';
import type { EvaluationResult, Judgement } from '../../../app/lab/evaluation';
import { shareWithInterval } from '../../../app/lab/evaluation-words';
import { groupColumns } from '../../../app/lab/group-columns';
import { FEWEST_FACES, reportSubgroups } from '../../../lab/metrics/subgroups';
import { formatCount } from '../../../words/format';
import { TableFrame } from '../../shared/TableFrame';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

/** Rows of values that come up in few faces each say nothing. */
const MOST_ROWS = 12;

/** How right a model is on parts of the faces, by any column of the data set. */
export function Subgroups({ result, judgement }: { readonly result: EvaluationResult; readonly judgement: Judgement }) {
  const id = useId();
  const { data, faces } = result;
  const columns = useMemo(() => groupColumns(faces.flatMap((face) => data.faces[face] ?? [])), [data, faces]);
  const [chosen, setChosen] = useState(0);
  const column = columns[chosen];
  const groups = useMemo(() => (column ? reportSubgroups(judgement.answers, column.values, column.ranges) : []), [judgement, column]);
  if (!column) return null;
  const nameOf = (name: string | null) => name ?? t('Person');
  return (
    <div className={styles['card']}>
      <h3>{t('By group')}</h3>
      <div className={styles['field']}>
        <label htmlFor={id}>{t('Column')}</label>
        <select id={id} value={chosen} onChange={({ target }) => setChosen(Number(target.value))}>
          {columns.map(({ name }, i) => (
            <option key={i} value={i}>
              {nameOf(name)}
            </option>
          ))}
        </select>
      </div>
      <TableFrame label={t('By group')}>
        <thead>
          <tr>
            <th scope="col">{nameOf(column.name)}</th>
            <th scope="col">{t('Faces')}</th>
            <th scope="col">{t('Right')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.slice(0, MOST_ROWS).map(({ value, count, accuracy, interval }) => (
            <tr key={value}>
              <th scope="row">{value}</th>
              <td>{formatCount(count)}</td>
              <td>{accuracy !== null && interval ? shareWithInterval(accuracy, interval) : t('too few to say')}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      <p className={styles['hint']}>
        {t('Of fewer than {count, plural, one {# face} other {# faces}} nothing is said.', { count: FEWEST_FACES })}
        {groups.length > MOST_ROWS && ` ${t('{count, plural, one {# more value has} other {# more values have}} no more faces than the last one.', { count: groups.length - MOST_ROWS })}`}
      </p>
    </div>
  );
}
