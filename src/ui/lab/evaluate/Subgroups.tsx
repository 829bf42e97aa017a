import { useId, useMemo, useState } from 'react';
import type { EvaluationResult, Judgement } from '../../../app/lab/evaluation';
import { shareWithInterval } from '../../../app/lab/evaluation-words';
import { groupColumns, type GroupColumn } from '../../../app/lab/group-columns';
import { FEWEST_FACES, listedSubgroups, reportSubgroups } from '../../../lab/metrics/subgroups';
import { formatCount, formatFigure } from '../../../words/format';
import { TableFrame } from '../../shared/TableFrame';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

/** Accuracy of a model on subgroups of the faces, by any column of the data set. */
export function Subgroups({ result, judgement }: { readonly result: EvaluationResult; readonly judgement: Judgement }) {
  const id = useId();
  const { data, faces } = result;
  const columns = useMemo(() => groupColumns(faces.flatMap((face) => data.faces[face] ?? [])), [data, faces]);
  const [chosen, setChosen] = useState(0);
  const column = columns[chosen];
  const groups = useMemo(() => (column ? reportSubgroups(judgement.answers, column.values, column.ranges?.map(({ name }) => name)) : []), [judgement, column]);
  if (!column) return null;
  const listed = listedSubgroups(groups);
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
            <th scope="col">{t('Accuracy')}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map(({ value, count, accuracy, interval }) => (
            <tr key={value}>
              <th scope="row">{groupInWords(column, value)}</th>
              <td>{formatCount(count)}</td>
              <td>{accuracy !== null && interval ? shareWithInterval(accuracy, interval) : t('too few to say')}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      <p className={styles['hint']}>
        {t('Groups of fewer than {count, plural, one {# face} other {# faces}} are not judged.', { count: FEWEST_FACES })}
        {groups.length > listed.length && ` ${t('{count, plural, one {# more value of so few is} other {# more values of so few are}} not listed.', { count: groups.length - listed.length })}`}
      </p>
    </div>
  );
}

function groupInWords({ ranges }: GroupColumn, value: string): string {
  const range = ranges?.find(({ name }) => name === value);
  if (!range) return value;
  const [low, high] = [formatFigure(range.least), formatFigure(range.most)];
  return low === high ? low : t('{low} to {high}', { low, high });
}
