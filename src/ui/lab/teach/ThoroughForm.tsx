import { useId, useState } from 'react';
import type { DataSet } from '../../../app/lab/data-set';
import { thoroughSession } from '../../../app/lab/thorough-session';
import { augmentationOf, CHANGE_WORDS, NETWORK_WORDS, usualPlan } from '../../../app/lab/training-words';
import type { Augmentation } from '../../../lab/teach/augment';
import { TRAINABLE, type Trainable } from '../../../lab/teach/trainable';
import type { TrainingPlan } from '../../../lab/teach/training-state';
import { msg, t, type Phrase } from '../../../words/i18n';
import { Button } from '../../shared/Button';
import styles from '../lab.module.css';
import own from './training.module.css';

interface Props {
  readonly data: DataSet;
  readonly name: string;
  readonly isDisabled: boolean;
}

const CHANGES = Object.keys(CHANGE_WORDS) as readonly (keyof Augmentation)[];

/** Editable numbers of the plan, with their ranges. */
const NUMBERS: readonly { readonly key: keyof TrainingPlan; readonly label: Phrase; readonly min: number; readonly max: number; readonly step: number | 'any' }[] = [
  { key: 'epochs', label: msg('Epochs at most'), min: 1, max: 500, step: 1 },
  { key: 'batch', label: msg('Faces in a batch'), min: 2, max: 256, step: 1 },
  { key: 'learningRate', label: msg('Learning rate (Adam)'), min: 0.000001, max: 0.1, step: 'any' },
  { key: 'patience', label: msg('End after so many epochs without a better one'), min: 1, max: 500, step: 1 },
  { key: 'plateau', label: msg('Halve the learning rate after so many'), min: 1, max: 500, step: 1 },
];

/** Form to choose a network and a training plan. */
export function ThoroughForm({ data, name, isDisabled }: Props) {
  const id = useId();
  const [network, setNetwork] = useState<Trainable>('fine-tune');
  const [changed, setChanged] = useState<Partial<TrainingPlan>>({});
  const [changes, setChanges] = useState<ReadonlySet<keyof Augmentation>>(new Set(CHANGES));
  const plan = { ...usualPlan(network), ...changed };
  const isSound = NUMBERS.every(({ key, min, max }) => plan[key] >= min && plan[key] <= max);
  const toggle = (change: keyof Augmentation, on: boolean) => setChanges(new Set(CHANGES.filter((each) => (each === change ? on : changes.has(each)))));
  return (
    <div className={styles['section']}>
      <div className={styles['field']}>
        <label htmlFor={id}>{t('Network')}</label>
        <select
          id={id}
          value={network}
          onChange={({ target }) => {
            setNetwork(TRAINABLE.find((each) => each === target.value) ?? network);
            setChanged({});
          }}
        >
          {TRAINABLE.map((each) => (
            <option key={each} value={each}>
              {t(NETWORK_WORDS[each])}
            </option>
          ))}
        </select>
      </div>
      <fieldset className={own['options']}>
        <legend>{t('Each time a face is shown in training, it is')}</legend>
        {CHANGES.map((change) => (
          <label key={change}>
            <input type="checkbox" checked={changes.has(change)} onChange={({ target }) => toggle(change, target.checked)} />
            {t(CHANGE_WORDS[change])}
          </label>
        ))}
      </fieldset>
      <details className={own['plan']}>
        <summary>{t('Epochs, batches, learning rate')}</summary>
        <div className={styles['fields']}>
          {NUMBERS.map(({ key, label, min, max, step }) => (
            <div key={key} className={styles['field']}>
              <label htmlFor={`${id}-${key}`}>{t(label)}</label>
              <input
                id={`${id}-${key}`}
                type="number"
                {...{ min, max, step }}
                value={Number.isNaN(plan[key]) ? '' : plan[key]}
                aria-invalid={!(plan[key] >= min && plan[key] <= max) || undefined}
                onChange={({ target }) => setChanged({ ...changed, [key]: step === 1 ? Math.round(target.valueAsNumber) : target.valueAsNumber })}
              />
            </div>
          ))}
        </div>
      </details>
      <div className={styles['actions']}>
        <Button
          variant="primary"
          isDisabled={isDisabled || !isSound || name === ''}
          onPress={() => void thoroughSession.start(data, { name, network, plan, augmentation: augmentationOf(changes) })}
        >
          {t('Train')}
        </Button>
      </div>
    </div>
  );
}
