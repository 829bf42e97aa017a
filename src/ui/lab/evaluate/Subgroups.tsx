import { useId, useState } from 'react';
import { groupColumns } from '../../../app/lab/data-set';
import type { EvaluationResult, Judgement } from '../../../app/lab/evaluation';
import { shareWithInterval } from '../../../app/lab/evaluation-words';
import { FEWEST_FACES, reportSubgroups } from '../../../lab/metrics/subgroups';
import { formatCount } from '../../../words/format';
import { TableFrame } from '../../shared/TableFrame';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

/** How right a model is on parts of the faces, by any column of the data set. */
export function Subgroups({ result, judgement }: { readonly result: EvaluationResult; readonly judgement: Judgement }) {
  const id = useId();
  const faces = result.faces.flatMap((face) => result.data.faces[face] ?? []);
  const columns = groupColumns(faces);
  const [chosen, setChosen] = useState(columns[0] ?? '');
  if (columns.length === 0) return null;
  const groups = reportSubgroups(
    judgement.answers,
    faces.map((face) => face.columns[chosen] ?? ''),
  );
  return (
    <div className={styles['card']}>
      <h3>{t('By group')}</h3>
      <div className={styles['field']}>
        <label htmlFor={id}>{t('Column')}</label>
        <select id={id} value={chosen} onChange={({ target }) => setChosen(target.value)}>
          {columns.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <TableFrame label={t('By group')}>
        <thead>
          <tr>
            <th scope="col">{chosen}</th>
            <th scope="col">{t('Faces')}</th>
            <th scope="col">{t('Right')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ value, count, accuracy, interval }) => (
            <tr key={value}>
              <th scope="row">{value}</th>
              <td>{formatCount(count)}</td>
              <td>{accuracy !== null && interval ? shareWithInterval(accuracy, interval) : t('too few to say')}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      <p className={styles['hint']}>{t('Of fewer than {count, plural, one {# face} other {# faces}} nothing is said.', { count: FEWEST_FACES })}</p>
    </div>
  );
}
