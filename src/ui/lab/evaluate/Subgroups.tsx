import { useId, useState } from 'react';
import { groupColumns } from '../../../app/lab/data-set';
import type { EvaluationResult, Judgement } from '../../../app/lab/evaluation';
import { shareWithInterval } from '../../../app/lab/evaluation-words';
import { FEWEST_FACES, reportSubgroups } from '../../../lab/metrics/subgroups';
import { formatCount } from '../../../words/format';
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
      <h3>By group</h3>
      <div className={styles['field']}>
        <label htmlFor={id}>Column</label>
        <select id={id} value={chosen} onChange={({ target }) => setChosen(target.value)}>
          {columns.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{chosen}</th>
            <th scope="col" data-number>
              Faces
            </th>
            <th scope="col" data-number>
              Right
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ value, count, accuracy, interval }) => (
            <tr key={value}>
              <th scope="row">{value}</th>
              <td data-number>{formatCount(count)}</td>
              <td data-number>{accuracy !== null && interval ? shareWithInterval(accuracy, interval) : 'too few to say'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['hint']}>Of fewer than {FEWEST_FACES} faces nothing is said.</p>
    </div>
  );
}
