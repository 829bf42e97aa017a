import { useId } from 'react';
import { dataSession, type DataQuestion } from '../../../app/lab/data-session';
import { labelGroups, orderChoices, categoriesBy, type LabelGroup } from '../../../app/lab/label-groups';
import { EXPRESSIONS } from '../../../engine/labels';
import { FACE_SIDE } from '../../../lab/faces';
import { EXPRESSION_STYLE } from '../../../words/expression-style';
import { formatCount } from '../../../words/format';
import { Button } from '../../shared/Button';
import { FaceCanvas } from '../FaceCanvas';
import styles from '../lab.module.css';
import { FileThumb } from './FileThumb';

/** Asks what the labels of a data set stand for, and how its faces are cropped. */
export function LabelMapping({ question }: { readonly question: DataQuestion }) {
  const { name, read, categories } = question;
  const groups = labelGroups(question);
  const kept = groups.filter(({ label }) => categories.get(label)).reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={styles['card']} aria-label="What the labels stand for">
      <h2>What do the labels of {name} stand for?</h2>
      <p className={styles['lead']}>
        {formatCount(read.items.length)} pictures
        {read.leftOut.length > 0 && `; ${formatCount(read.leftOut.length)} lines or files give none and are listed afterwards`}.
      </p>
      <OrderField question={question} />
      <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Labels">
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Label</th>
              <th scope="col" data-number>
                Pictures
              </th>
              <th scope="col">Examples</th>
              <th scope="col">Stands for</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <LabelRow key={group.label} group={group} question={question} />
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles['fields']}>
        {read.items.some(({ path }) => path !== null) && <CropField question={question} />}
        {question.patterns.length > 0 && <PersonField question={question} />}
      </div>
      {kept === 0 && <p className={styles['warning']}>No label stands for a class yet.</p>}
      <div className={styles['actions']}>
        <Button variant="primary" isDisabled={kept === 0} onPress={() => void dataSession.confirm()}>
          Use {formatCount(kept)} labelled pictures
        </Button>
        <Button onPress={() => dataSession.cancel()}>Cancel</Button>
      </div>
    </section>
  );
}

const LEFT_OUT = 'left out';
const OWN = 'own';

function LabelRow({ group: { label, count, examples }, question: { categories, read, files } }: { readonly group: LabelGroup; readonly question: DataQuestion }) {
  const category = categories.get(label) ?? null;
  const isOwn = category !== null && !EXPRESSIONS.some((expression) => expression === category);
  const change = (value: string) => {
    const next = value === LEFT_OUT ? null : value === OWN ? label : value;
    dataSession.answer({ categories: new Map(categories).set(label, next) });
  };
  return (
    <tr>
      <th scope="row">{label || '(no label)'}</th>
      <td data-number>{formatCount(count)}</td>
      <td>
        <div className={styles['actions']}>
          {examples.map(({ path, luminance, item }) =>
            path === null ? (
              luminance && <FaceCanvas key={item} luminance={luminance} side={FACE_SIDE} alt="" />
            ) : (
              <FileThumb key={path} file={files.get(path) ?? null} alt={read.items[item]?.name ?? ''} />
            ),
          )}
        </div>
      </td>
      <td>
        <select className={styles['select']} aria-label={`What ${label || 'no label'} stands for`} value={category === null ? LEFT_OUT : isOwn ? OWN : category} onChange={({ target }) => change(target.value)}>
          {EXPRESSIONS.map((expression) => (
            <option key={expression} value={expression}>
              {EXPRESSION_STYLE[expression].name}
            </option>
          ))}
          {label !== '' && <option value={OWN}>its own class: {label}</option>}
          <option value={LEFT_OUT}>nothing: leave it out</option>
        </select>
      </td>
    </tr>
  );
}

/** Numbers may follow several orders: examples tell which. */
function OrderField({ question }: { readonly question: DataQuestion }) {
  const id = useId();
  const orders = orderChoices(question);
  if (orders.length === 0) return null;
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>The numbers follow the order of</label>
      <select id={id} defaultValue={orders[0]?.id} onChange={({ target }) => dataSession.answer({ categories: categoriesBy(question, target.value) })}>
        {orders.map((order) => (
          <option key={order.id} value={order.id}>
            {order.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function CropField({ question: { crop } }: { readonly question: DataQuestion }) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>Each picture shows</label>
      <select id={id} value={crop} onChange={({ target }) => dataSession.answer({ crop: target.value === 'whole' ? 'whole' : 'find' })}>
        <option value="find">a face to be found and cropped, as in the app</option>
        <option value="whole">a face that is cropped already</option>
      </select>
    </div>
  );
}

function PersonField({ question: { patterns, pattern } }: { readonly question: DataQuestion }) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>Who is in a picture</label>
      <select
        id={id}
        value={pattern?.name ?? ''}
        onChange={({ target }) => dataSession.answer({ pattern: patterns.find(({ name }) => name === target.value) ?? null })}
      >
        <option value="">nobody knows</option>
        {patterns.map(({ name, people }) => (
          <option key={name} value={name}>
            {name}: {formatCount(people)} people
          </option>
        ))}
      </select>
    </div>
  );
}
