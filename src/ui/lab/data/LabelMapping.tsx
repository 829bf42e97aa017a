import { useId } from 'react';
import { wordDataName } from '../../../app/lab/data-words';
import type { DataQuestion } from '../../../app/lab/data-question';
import { dataSession } from '../../../app/lab/data-session';
import { labelGroups, orderChoices, categoriesBy, type LabelGroup } from '../../../app/lab/label-groups';
import { EXPRESSIONS } from '../../../engine/labels';
import type { PersonClue } from '../../../lab/data/persons';
import { FACE_SIDE } from '../../../lab/faces';
import { expressionName } from '../../../words/expression-style';
import { labelOrderName } from '../../../words/label-order-names';
import { BlobPicture } from '../../shared/BlobPicture';
import { Button } from '../../shared/Button';
import { TableFrame } from '../../shared/TableFrame';
import { FaceCanvas } from '../FaceCanvas';
import { msg, t, type Phrase } from '../../../words/i18n';
import styles from '../lab.module.css';
import own from './mapping.module.css';

/** Asks for the meaning of a data set's labels, and how to crop its faces. */
export function LabelMapping({ question }: { readonly question: DataQuestion }) {
  const { name, replaces, read, categories } = question;
  const groups = labelGroups(question);
  const kept = groups.filter(({ label }) => categories.get(label)).reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={styles['card']} aria-label={t('What the labels stand for')}>
      <h2>{t('What do the labels of {name} stand for?', { name: wordDataName(name) })}</h2>
      <p className={styles['lead']}>
        {read.leftOut.length === 0
          ? t('{pictures, plural, one {# picture} other {# pictures}}.', { pictures: read.items.length })
          : t('{pictures, plural, one {# picture} other {# pictures}}; {leftOut, plural, one {# line or file gives none and is listed afterwards} other {# lines or files give none and are listed afterwards}}.', {
              pictures: read.items.length,
              leftOut: read.leftOut.length,
            })}
      </p>
      {groups.every(({ label }) => label === '') && (
        <p className={styles['warning']}>
          {t('Nothing says what these faces show: no folder is named, and no column is called label, emotion, expression or class. Give them all one class, then label each by hand; or choose the data again with such a column.')}
        </p>
      )}
      <OrderField question={question} />
      <TableFrame label={t('Labels')} holds="words">
        <thead>
          <tr>
            <th scope="col">{t('Label')}</th>
            <th scope="col">{t('Examples')}</th>
            <th scope="col">{t('Stands for')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <LabelRow key={group.label} group={group} question={question} />
          ))}
        </tbody>
      </TableFrame>
      <div className={styles['fields']}>
        {read.items.some(({ path }) => path !== null) && <CropField question={question} />}
        {question.patterns.length > 0 && <PersonField question={question} />}
      </div>
      {replaces !== null && <p className={styles['hint']}>{t('They take the place of {name} and its labels.', { name: wordDataName(replaces) })}</p>}
      {kept === 0 && <p className={styles['warning']}>{t('No label is assigned to a class yet.')}</p>}
      <div className={styles['actions']}>
        <Button variant="primary" isDisabled={kept === 0} onPress={() => void dataSession.confirm()}>
          {t('{count, plural, one {Use # labelled picture} other {Use # labelled pictures}}', { count: kept })}
        </Button>
        <Button onPress={() => dataSession.cancel()}>{t('Cancel')}</Button>
      </div>
    </section>
  );
}

const LEFT_OUT = 'left-out';
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
      <th scope="row" className={own['label']}>
        {label || t('(no label)')}
        <span className={own['count']}>{t('{count, plural, one {# picture} other {# pictures}}', { count })}</span>
      </th>
      <td>
        <div className={own['examples']}>
          {examples.map(({ path, luminance, item }) => {
            if (path === null) return luminance && <FaceCanvas key={item} luminance={luminance} side={FACE_SIDE} alt="" />;
            const file = files.get(path);
            return file && <BlobPicture key={path} blob={file} className={styles['face']} alt={read.items[item]?.name ?? ''} />;
          })}
        </div>
      </td>
      <td>
        <select className={styles['select']} aria-label={t('What {label} stands for', { label: label || t('no label') })} value={category === null ? LEFT_OUT : isOwn ? OWN : category} onChange={({ target }) => change(target.value)}>
          {EXPRESSIONS.map((expression) => (
            <option key={expression} value={expression}>
              {expressionName(expression)}
            </option>
          ))}
          {label !== '' && <option value={OWN}>{t('its own class: {label}', { label })}</option>}
          <option value={LEFT_OUT}>{t('nothing: leave it out')}</option>
        </select>
      </td>
    </tr>
  );
}

/** Numbers may follow several orders; examples show which. */
function OrderField({ question }: { readonly question: DataQuestion }) {
  const id = useId();
  const orders = orderChoices(question);
  if (orders.length === 0) return null;
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t('The numbers follow the order of')}</label>
      <select id={id} defaultValue={orders[0]?.id} onChange={({ target }) => dataSession.answer({ categories: categoriesBy(question, target.value) })}>
        {orders.map((order) => (
          <option key={order.id} value={order.id}>
            {labelOrderName(order.name)}
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
      <label htmlFor={id}>{t('Each picture shows')}</label>
      <select id={id} value={crop} onChange={({ target }) => dataSession.answer({ crop: target.value === 'whole' ? 'whole' : 'find' })}>
        <option value="find">{t('a face to be found and cropped, as in the app')}</option>
        <option value="whole">{t('a face that is cropped already')}</option>
      </select>
    </div>
  );
}

const CLUE_WORDS: Readonly<Record<PersonClue, Phrase>> = {
  folder: msg('the folder above the labels'),
  code: msg('letters and digits at the start of the file name'),
  letters: msg('letters at the start of the file name'),
  digits: msg('digits at the start of the file name'),
};

function PersonField({ question: { patterns, pattern } }: { readonly question: DataQuestion }) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t('Person in the picture')}</label>
      <select
        id={id}
        value={pattern?.clue ?? ''}
        onChange={({ target }) => dataSession.answer({ pattern: patterns.find(({ clue }) => clue === target.value) ?? null })}
      >
        <option value="">{t('unknown')}</option>
        {patterns.map(({ clue, people }) => (
          <option key={clue} value={clue}>
            {t('{name}: {people, plural, one {# person} other {# people}}', { name: t(CLUE_WORDS[clue]), people })}
          </option>
        ))}
      </select>
    </div>
  );
}
