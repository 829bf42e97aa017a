import { useId, useState, useSyncExternalStore } from 'react';
import { dataSession } from '../../../app/lab/data-session';
import { categoriesOf } from '../../../app/lab/data-set';
import { teachSession } from '../../../app/lab/teach-session';
import { FEWEST_TO_TEACH, MOST_CLASSES } from '../../../app/lab/teach-words';
import { formatCount, formatList } from '../../../words/format';
import { Button } from '../../shared/Button';
import { Message } from '../../shared/Message';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';
import { NeedsData } from '../NeedsData';
import { Progress } from '../Progress';
import { TaughtModel } from './TaughtModel';

/** Teaches Mien's network the classes of one's own faces. */
export function TeachPage() {
  const data = useSyncExternalStore(dataSession.subscribe, dataSession.getSnapshot);
  const state = useSyncExternalStore(teachSession.subscribe, teachSession.getSnapshot);
  const id = useId();
  const [name, setName] = useState(() => t('My model'));
  if (data.status !== 'ready') {
    return <NeedsData>{t('A model is taught with labelled faces: the seven expressions, or classes of your own, from five faces each.')}</NeedsData>;
  }
  const classes = categoriesOf(data.data.faces);
  const counts = classes.map((category) => `${category} ${formatCount(data.data.faces.filter((face) => face.category === category).length)}`);
  return (
    <div className={styles['section']}>
      <section className={styles['card']} aria-label={t('What to teach')}>
        <h2>{t('Teach with {name}', { name: data.data.name })}</h2>
        <p className={styles['lead']}>
          {t('Mien’s network keeps what it sees in faces; its last layer is learned anew for your classes: {counts}. A part of the faces is held out to judge the result. From {faces, plural, one {# face} other {# faces}} a class, up to {classes, plural, one {# class} other {# classes}}.', { counts: formatList(counts), faces: FEWEST_TO_TEACH, classes: MOST_CLASSES })}
        </p>
        <div className={styles['field']}>
          <label htmlFor={id}>{t('Name of the model')}</label>
          <input id={id} value={name} onChange={({ target }) => setName(target.value)} />
        </div>
        <div className={styles['actions']}>
          <Button
            variant="primary"
            isDisabled={state.status === 'running' || name.trim() === ''}
            onPress={() => void teachSession.run(data.data, name.trim().replaceAll('/', '-'))}
          >
            {t('Teach')}
          </Button>
        </div>
      </section>
      {state.status === 'running' && (
        <Progress
          label={t('Taught')}
          share={state.total > 0 ? state.done / state.total : null}
          words={state.done < state.total ? t('Looking at {total, plural, one {# face} other {# faces}}: {done} done', { total: state.total, done: formatCount(state.done) }) : t('Learning…')}
          onCancel={() => teachSession.cancel()}
        />
      )}
      {state.status === 'failed' && <Message error={state.error} />}
      {state.status === 'done' && <TaughtModel result={state.result} />}
    </div>
  );
}
