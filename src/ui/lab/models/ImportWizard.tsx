import { useId } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { SCALING_NAMES, scalingKind, STANDARD_SCALING, ordersOf, type ScalingKind } from '../../../app/lab/model-choices';
import { areUsable } from '../../../app/lab/drawn-readings';
import type { ImportState, ModelImport } from '../../../app/lab/model-import';
import { formatShare } from '../../../words/format';
import { labelOrderName } from '../../../words/label-order-names';
import type { MienError } from '../../../engine/errors';
import { Button } from '../../shared/Button';
import { Message } from '../../shared/Message';
import { msg, t } from '../../../words/i18n';
import styles from '../lab.module.css';
import own from './wizard.module.css';
import { DrawnEvidence } from './DrawnEvidence';

interface Props {
  readonly state: Extract<ImportState, { status: 'reading' | 'asking' }>;
  readonly importing: ModelImport;
  /** Error of storing or loading models; null if none. */
  readonly unkept: MienError | null;
  readonly onKeep: () => void;
}

/** Asks for what a model's file does not state. */
export function ImportWizard({ state, importing, unkept, onKeep }: Props) {
  if (state.status === 'reading') {
    return (
      <div className={styles['card']} role="status">
        <p>{t('Reading {name} and trying it on drawn faces…', { name: state.name })}</p>
        <ProgressBar aria-label={t('Reading the model')} isIndeterminate />
        <div className={styles['actions']}>
          <Button onPress={() => importing.end()}>{t('Cancel')}</Button>
        </div>
      </div>
    );
  }
  return <Questions state={state} importing={importing} unkept={unkept} onKeep={onKeep} />;
}

interface QuestionProps extends Props {
  readonly state: Extract<ImportState, { status: 'asking' }>;
}

function Questions({ state, importing, unkept, onKeep }: QuestionProps) {
  const { inspection, labels, name, drawn } = state;
  const { facts } = inspection;
  const usable = areUsable(labels, facts.stated !== null);
  const nameId = useId();
  return (
    <section className={styles['card']} aria-label={t('A new model')}>
      <h2>{t('Is this how the model wants its faces?')}</h2>
      <p className={styles['lead']}>
        {t('Its file says: {format}, {side} × {side} pixels, {colours, select, one {grey} other {in colour}}, {outputs, plural, one {# output} other {# outputs}} ({kind}), {parameters, plural, one {# parameter} other {# parameters}}.', {
          format: facts.format,
          side: facts.side,
          colours: facts.channels === 1 ? 'one' : 'three',
          outputs: facts.classes,
          kind: t(OUTPUT_WORDS[facts.output]),
          parameters: facts.parameters,
        })}{' '}
        {facts.stated
          ? t('It was exported by Mien, and says the rest too.')
          : facts.labels
            ? t('A file beside it says what its outputs stand for. How pixels are scaled was tried on drawn faces.')
            : t('It does not say how pixels are scaled or what its outputs stand for: both were tried on drawn faces.')}
      </p>
      <div className={own['columns']}>
        <div className={styles['section']}>
          <div className={styles['fields']}>
            <div className={styles['field']}>
              <label htmlFor={nameId}>{t('Name')}</label>
              <input id={nameId} value={name} onChange={({ target }) => importing.rename(target.value)} />
            </div>
            <ScalingField state={state} importing={importing} />
            <OrderField state={state} importing={importing} />
          </div>
          <fieldset className={styles['labels']} aria-label={t('What each output stands for')}>
            {labels.map((label, i) => (
              <label key={i}>
                <span>{t('Output {number}', { number: i + 1 })}</span>
                <input value={label} onChange={({ target }) => importing.setLabels(labels.with(i, target.value))} />
              </label>
            ))}
          </fieldset>
        </div>
        <DrawnEvidence readings={drawn} />
      </div>
      {!usable && <p className={styles['warning']}>{t('Each output needs a name of its own, and at least two of them have to be expressions.')}</p>}
      {unkept && <Message error={unkept} />}
      <div className={styles['actions']}>
        <Button variant="primary" isDisabled={!usable} onPress={onKeep}>
          {t('Keep this model')}
        </Button>
        <Button onPress={() => importing.end()}>{t('Cancel')}</Button>
      </div>
    </section>
  );
}

const OUTPUT_WORDS = { softmax: msg('probabilities'), sigmoid: msg('a share each'), logits: msg('logits') } as const;

type FieldProps = Pick<QuestionProps, 'state' | 'importing'>;

function ScalingField({ state: { scaling, inspection }, importing }: FieldProps) {
  const id = useId();
  const { proposal, facts } = inspection;
  const kind = scalingKind(scaling);
  const choose = (chosen: string) => {
    const next = (Object.keys(SCALING_NAMES) as ScalingKind[]).find((each) => each === chosen);
    if (next) void importing.setScaling(next === 'standard' ? STANDARD_SCALING : next);
  };
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t('Pixels are scaled')}</label>
      <select id={id} value={kind} onChange={({ target }) => choose(target.value)}>
        {Object.entries(SCALING_NAMES).map(([value, words]) => (
          <option key={value} value={value}>
            {t(words)}
          </option>
        ))}
      </select>
      {typeof scaling === 'object' && (
        <div className={styles['actions']}>
          {(['mean', 'deviation'] as const).map((part) => (
            <input
              key={part}
              type="number"
              step="any"
              aria-label={part === 'mean' ? t('Mean') : t('Deviation')}
              defaultValue={scaling[part]}
              onBlur={({ target }) => {
                const value = target.valueAsNumber;
                if (Number.isFinite(value) && (part === 'mean' || value > 0)) void importing.setScaling({ ...scaling, [part]: value });
              }}
            />
          ))}
        </div>
      )}
      {!facts.stated && (
        <p className={styles['hint']}>
          {t('Proposed: {choice}, {share} sure.', { choice: t(SCALING_NAMES[scalingKind(proposal.scaling)]), share: formatShare(proposal.scalingConfidence) })}
        </p>
      )}
    </div>
  );
}

function OrderField({ state: { labels, inspection }, importing }: FieldProps) {
  const id = useId();
  const { proposal, facts } = inspection;
  const orders = ordersOf(facts.classes);
  const present = orders.find((order) => order.labels.join() === labels.join());
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t('Outputs are in the order of')}</label>
      <select
        id={id}
        value={present?.id ?? 'own'}
        onChange={({ target }) => importing.setLabels(orders.find((order) => order.id === target.value)?.labels ?? labels)}
      >
        {orders.map((order) => (
          <option key={order.id} value={order.id}>
            {labelOrderName(order.name)}
          </option>
        ))}
        <option value="own">{t('in the order written below')}</option>
      </select>
      {!facts.stated && !facts.labels && (
        <p className={styles['hint']}>
          {proposal.order === null
            ? t('{count, plural, one {No usual order has # label} other {No usual order has # labels}}: name each output.', { count: facts.classes })
            : t('Proposed: {choice}, {share} sure.', { choice: labelOrderName(proposal.order), share: formatShare(proposal.labelsConfidence) })}
        </p>
      )}
    </div>
  );
}
