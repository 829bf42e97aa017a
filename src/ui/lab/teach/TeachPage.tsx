import { useId, useMemo, useState, useSyncExternalStore } from 'react';
import { Tab, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { dataSession } from '../../../app/lab/data-session';
import { countsOf } from '../../../app/lab/data-set';
import { wordDataName } from '../../../app/lab/data-words';
import { teachSession } from '../../../app/lab/teach-session';
import { thoroughSession, type ThoroughState } from '../../../app/lab/thorough-session';
import { FEWEST_TO_TEACH, MOST_CLASSES } from '../../../app/lab/teach-words';
import { classWord } from '../../../words/class-word';
import { formatCount, formatList } from '../../../words/format';
import { Button } from '../../shared/Button';
import { Message } from '../../shared/Message';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';
import { NeedsData } from '../NeedsData';
import { Progress } from '../Progress';
import { TabRow } from '../TabRow';
import { ThoroughForm } from './ThoroughForm';
import { ThoroughTraining } from './ThoroughTraining';
import { TaughtModel } from './TaughtModel';

/** Teaches Mien's network the classes of the user's faces. */
export function TeachPage() {
  const data = useSyncExternalStore(dataSession.subscribe, dataSession.getSnapshot);
  const state = useSyncExternalStore(teachSession.subscribe, teachSession.getSnapshot);
  const id = useId();
  const [name, setName] = useState(() => t('My model'));
  const thorough = useSyncExternalStore(thoroughSession.subscribe, thoroughSession.getSnapshot);
  const kept = useSyncExternalStore(thoroughSession.subscribeKept, thoroughSession.getKept);
  const [chosen, setWay] = useState<'quick' | 'thorough' | null>(null);
  const way = chosen ?? (kept || thorough.status !== 'idle' ? 'thorough' : 'quick');
  const ready = data.status === 'ready' ? data.data : null;
  // Memoized, since there may be tens of thousands of faces and every training step re-renders.
  const byCategory = useMemo(() => ready && countsOf(ready).byCategory, [ready]);
  // Shown without a data set too: another tab may have removed it, or others are being chosen.
  const outcome = (
    <>
      {way === 'quick' && state.status === 'running' && (
        <Progress
          label={t('Taught')}
          share={state.total > 0 ? state.done / state.total : null}
          words={state.done < state.total ? t('Looking at {total, plural, one {# face} other {# faces}}: {done} done', { total: state.total, done: formatCount(state.done) }) : t('Learning…')}
          onCancel={() => teachSession.cancel()}
        />
      )}
      {way === 'quick' && state.status === 'failed' && <Message error={state.error} />}
      {way === 'quick' && state.status === 'done' && <TaughtModel result={state.result} />}
      {(way === 'thorough' || isTraining(thorough)) && <ThoroughTraining data={ready} />}
    </>
  );
  if (!ready || !byCategory) {
    return (
      <div className={styles['section']}>
        {outcome}
        <NeedsData
          title={t('Teach a model')}
          lead={t('A model is taught with labelled faces: the seven expressions, or classes of your own, from five faces each.')}
          outcomes={[
            [t('Quick: seconds'), t('Mien’s network keeps what it sees in faces; its last layer is learned anew.')],
            [t('Thorough: minutes to hours'), t('Mien’s network fine-tuned, or a network from scratch, with curves, checkpoints and early stopping')],
            [t('Better or not'), t('Judged on faces held out by person and burst; it says so where the model is no better than before')],
            [t('To use'), t('At once in Read and Live, or to download with its card for other programs')],
          ]}
        />
      </div>
    );
  }
  const counts = Array.from(byCategory, ([category, count]) => t('{name} {count}', { name: classWord(category), count: formatCount(count) }));
  const own = name.trim().replaceAll('/', '-');
  const isBusy = state.status === 'running' || thorough.status === 'running' || thorough.status === 'preparing';
  return (
    <div className={styles['section']}>
      <section className={styles['card']} aria-label={t('What to teach')}>
        <h2>{t('Teach with {name}', { name: wordDataName(ready.name) })}</h2>
        <p className={styles['lead']}>
          {t('For your classes: {counts}. A part of the faces is held out to judge the result. From {faces, plural, one {# face} other {# faces}} a class, up to {classes, plural, one {# class} other {# classes}}.', { counts: formatList(counts), faces: FEWEST_TO_TEACH, classes: MOST_CLASSES })}
        </p>
        <div className={styles['field']}>
          <label htmlFor={id}>{t('Name of the model')}</label>
          <input id={id} value={name} onChange={({ target }) => setName(target.value)} />
        </div>
        <Tabs className={styles['ways'] ?? ''} selectedKey={way} onSelectionChange={(key) => setWay(key === 'thorough' ? 'thorough' : 'quick')}>
          <TabRow label={t('How to teach')} selected={way}>
            <Tab id="quick">{t('Quick: seconds')}</Tab>
            <Tab id="thorough">{t('Thorough: minutes to hours')}</Tab>
          </TabRow>
          <TabPanel id="quick" className={styles['panel'] ?? ''}>
            <p className={styles['lead']}>{t('Mien’s network keeps what it sees in faces; its last layer is learned anew.')}</p>
            <div className={styles['actions']}>
              <Button variant="primary" isDisabled={isBusy || own === ''} onPress={() => void teachSession.run(ready, own)}>
                {t('Teach')}
              </Button>
            </div>
          </TabPanel>
          <TabPanel id="thorough" className={styles['panel'] ?? ''}>
            <p className={styles['lead']}>
              {t('The whole network is trained, on changed copies of the faces. The epoch that reads other faces best is kept, and training ends by itself once none is better.')}
            </p>
            {!isTraining(thorough) && <ThoroughForm data={ready} name={own} isDisabled={isBusy} />}
          </TabPanel>
        </Tabs>
      </section>
      {outcome}
    </div>
  );
}

/** Training is shown on either tab, so that it is not forgotten. */
function isTraining({ status }: ThoroughState): boolean {
  return status === 'running' || status === 'preparing';
}
