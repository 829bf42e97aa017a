import { useId, useState, useSyncExternalStore } from 'react';
import { dataSession } from '../../../app/lab/data-session';
import { categoriesOf } from '../../../app/lab/data-set';
import { teachSession } from '../../../app/lab/teach-session';
import { FEWEST_TO_TEACH, MOST_CLASSES } from '../../../app/lab/teach-words';
import { formatCount } from '../../../words/format';
import { Button } from '../../shared/Button';
import { Message } from '../../shared/Message';
import styles from '../lab.module.css';
import { NeedsData } from '../NeedsData';
import { Progress } from '../Progress';
import { TaughtModel } from './TaughtModel';

/** Teaches Mien's network the classes of one's own faces. */
export function TeachPage() {
  const data = useSyncExternalStore(dataSession.subscribe, dataSession.getSnapshot);
  const state = useSyncExternalStore(teachSession.subscribe, teachSession.getSnapshot);
  const id = useId();
  const [name, setName] = useState('My model');
  if (data.status !== 'ready') {
    return <NeedsData>A model is taught with labelled faces: the seven expressions, or classes of your own, from five faces each.</NeedsData>;
  }
  const classes = categoriesOf(data.data.faces);
  const counts = classes.map((category) => `${category} ${formatCount(data.data.faces.filter((face) => face.category === category).length)}`);
  return (
    <div className={styles['section']}>
      <section className={styles['card']} aria-label="What to teach">
        <h2>Teach with {data.data.name}</h2>
        <p className={styles['lead']}>
          Mien’s network keeps what it sees in faces; its last layer is learned anew for your classes: {counts.join(', ')}. A part of the faces is held
          out to judge the result. From {FEWEST_TO_TEACH} faces a class, up to {MOST_CLASSES} classes.
        </p>
        <div className={styles['field']}>
          <label htmlFor={id}>Name of the model</label>
          <input id={id} value={name} onChange={({ target }) => setName(target.value)} />
        </div>
        <div className={styles['actions']}>
          <Button
            variant="primary"
            isDisabled={state.status === 'running' || name.trim() === ''}
            onPress={() => void teachSession.run(data.data, name.trim().replaceAll('/', '-'))}
          >
            Teach
          </Button>
        </div>
      </section>
      {state.status === 'running' && (
        <Progress
          label="Taught"
          share={state.total > 0 ? state.done / state.total : null}
          words={state.done < state.total ? `Looking at ${formatCount(state.total)} faces: ${formatCount(state.done)} done` : 'Learning…'}
          onCancel={() => teachSession.cancel()}
        />
      )}
      {state.status === 'failed' && <Message error={state.error} />}
      {state.status === 'done' && <TaughtModel result={state.result} />}
    </div>
  );
}
