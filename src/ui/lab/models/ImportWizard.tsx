import { useId } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { SCALING_NAMES, scalingKind, STANDARD_SCALING, ordersOf, type ScalingKind } from '../../../app/lab/model-choices';
import { areUsable } from '../../../app/lab/drawn-readings';
import type { ImportState, ModelImport } from '../../../app/lab/model-import';
import { formatShare } from '../../../words/format';
import { Button } from '../../shared/Button';
import styles from '../lab.module.css';
import { DrawnEvidence } from './DrawnEvidence';

interface Props {
  readonly state: Extract<ImportState, { status: 'reading' | 'asking' }>;
  readonly importing: ModelImport;
  readonly onKeep: () => void;
}

/** Asks what a model's file does not say. */
export function ImportWizard({ state, importing, onKeep }: Props) {
  if (state.status === 'reading') {
    return (
      <div className={styles['card']} role="status">
        <p>Reading {state.name} and trying it on drawn faces…</p>
        <ProgressBar aria-label="Reading the model" isIndeterminate />
        <div className={styles['actions']}>
          <Button onPress={() => importing.end()}>Cancel</Button>
        </div>
      </div>
    );
  }
  return <Questions state={state} importing={importing} onKeep={onKeep} />;
}

interface QuestionProps extends Props {
  readonly state: Extract<ImportState, { status: 'asking' }>;
}

function Questions({ state, importing, onKeep }: QuestionProps) {
  const { inspection, labels, name, drawn } = state;
  const { facts } = inspection;
  const usable = areUsable(labels, facts.stated !== null);
  const nameId = useId();
  return (
    <section className={styles['card']} aria-label="A new model">
      <h2>Is this how the model wants its faces?</h2>
      <p className={styles['lead']}>
        Its file says: {facts.format}, {facts.side} × {facts.side} pixels, {facts.channels === 1 ? 'grey' : 'in colour'}, {facts.classes} outputs (
        {OUTPUT_WORDS[facts.output]}), {facts.parameters.toLocaleString('en-GB')} parameters.{' '}
        {facts.stated
          ? 'It was exported by Mien, and says the rest too.'
          : 'It does not say how pixels are scaled or what its outputs stand for: both were tried on drawn faces.'}
      </p>
      <div className={styles['fields']}>
        <div className={styles['field']}>
          <label htmlFor={nameId}>Name</label>
          <input id={nameId} value={name} onChange={({ target }) => importing.rename(target.value)} />
        </div>
        <ScalingField state={state} importing={importing} onKeep={onKeep} />
        <OrderField state={state} importing={importing} onKeep={onKeep} />
      </div>
      <fieldset className={styles['labels']} aria-label="What each output stands for">
        {labels.map((label, i) => (
          <label key={i}>
            <span>Output {i + 1}</span>
            <input value={label} onChange={({ target }) => importing.setLabels(labels.with(i, target.value))} />
          </label>
        ))}
      </fieldset>
      <DrawnEvidence readings={drawn} />
      {!usable && <p className={styles['warning']}>Each output needs a name of its own, and at least two of them have to be expressions.</p>}
      <div className={styles['actions']}>
        <Button variant="primary" isDisabled={!usable} onPress={onKeep}>
          Keep this model
        </Button>
        <Button onPress={() => importing.end()}>Cancel</Button>
      </div>
    </section>
  );
}

const OUTPUT_WORDS = { softmax: 'probabilities', sigmoid: 'a share each', logits: 'logits' } as const;

function ScalingField({ state: { scaling, inspection }, importing }: QuestionProps) {
  const id = useId();
  const { proposal, facts } = inspection;
  const kind = scalingKind(scaling);
  const choose = (chosen: string) => {
    const next = (Object.keys(SCALING_NAMES) as ScalingKind[]).find((each) => each === chosen);
    if (next) void importing.setScaling(next === 'standard' ? STANDARD_SCALING : next);
  };
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>Pixels are scaled</label>
      <select id={id} value={kind} onChange={({ target }) => choose(target.value)}>
        {Object.entries(SCALING_NAMES).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
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
              aria-label={part === 'mean' ? 'Mean' : 'Deviation'}
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
          Proposed: {SCALING_NAMES[scalingKind(proposal.scaling)]}, {formatShare(proposal.scalingConfidence)} sure.
        </p>
      )}
    </div>
  );
}

function OrderField({ state: { labels, inspection }, importing }: QuestionProps) {
  const id = useId();
  const { proposal, facts } = inspection;
  const orders = ordersOf(facts.classes);
  const present = orders.find((order) => order.labels.join() === labels.join());
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>Outputs are in the order of</label>
      <select
        id={id}
        value={present?.id ?? 'own'}
        onChange={({ target }) => importing.setLabels(orders.find((order) => order.id === target.value)?.labels ?? labels)}
      >
        {orders.map((order) => (
          <option key={order.id} value={order.id}>
            {order.name}
          </option>
        ))}
        <option value="own">as written below</option>
      </select>
      {!facts.stated && (
        <p className={styles['hint']}>
          {proposal.order === null
            ? `No usual order has ${facts.classes} labels: name each output.`
            : `Proposed: ${proposal.order}, ${formatShare(proposal.labelsConfidence)} sure.`}
        </p>
      )}
    </div>
  );
}
