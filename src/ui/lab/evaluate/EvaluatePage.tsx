import { useEffect, useState, useSyncExternalStore } from 'react';
import { dataSession } from '../../../app/lab/data-session';
import { wordDataName } from '../../../app/lab/data-words';
import { evaluate, evaluation } from '../../../app/lab/evaluation';
import { meanMaps } from '../../../app/lab/mean-maps';
import { modelLibrary } from '../../../app/lab/model-library';
import { robustness } from '../../../app/lab/robustness';
import { formatCount } from '../../../words/format';
import { Button } from '../../shared/Button';
import { Message } from '../../shared/Message';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';
import { ModelSelect } from '../ModelSelect';
import { NeedsData } from '../NeedsData';
import { Progress } from '../Progress';
import { EvaluationResults } from './EvaluationResults';

/** Evaluates one or two models on the labelled faces. */
export function EvaluatePage() {
  const data = useSyncExternalStore(dataSession.subscribe, dataSession.getSnapshot);
  const state = useSyncExternalStore(evaluation.subscribe, evaluation.getSnapshot);
  const { choices: models } = useSyncExternalStore(modelLibrary.subscribe, modelLibrary.getSnapshot);
  const [chosen, setChosen] = useState({ first: 'mien', second: '' });
  useEffect(() => void modelLibrary.load(), []);
  if (data.status !== 'ready') {
    return (
      <NeedsData
        title={t('Judge a model')}
        lead={t('A model is judged on faces of which somebody has said what they show.')}
        outcomes={[
          [t('How accurate it is'), t('Accuracy with its 95% interval, mean recall and macro-F1; recall, precision and F1 of every expression')],
          [t('What it confuses'), t('A matrix whose cells open the faces behind them, and its most confident mistakes')],
          [t('How far to trust it'), t('How far its probabilities can be trusted, and what “uncertain” saves')],
          [t('For whom, and how robustly'), t('Subgroups from any column of your table; light, blur, size, turn and shift tried on your faces')],
          [t('Which of two is better'), t('Two models on the same faces, the difference and its interval in words')],
          [t('To cite'), t('A printable page, JSON, and a CSV of every answer')],
        ]}
      />
    );
  }

  const run = () => {
    const ids = [chosen.first, chosen.second].filter((id) => id !== '');
    const judged = ids.map((id) => models.find((model) => model.id === id) ?? null);
    // These belong to the previous answers.
    for (const run of [robustness, meanMaps]) run.cancel();
    void evaluation.start(0, (signal, onProgress) => evaluate(data.data, judged, signal, onProgress));
  };
  return (
    <div className={styles['section']}>
      <section className={styles['card']} aria-label={t('What to judge')} data-unprinted>
        <h2>{t('Judge a model')}</h2>
        <div className={styles['fields']}>
          <ModelSelect label={t('Model')} models={models} value={chosen.first} onChange={(first) => setChosen({ ...chosen, first })} />
          <ModelSelect label={t('Compared with')} models={models} value={chosen.second} canBeNone onChange={(second) => setChosen({ ...chosen, second })} />
        </div>
        <div className={styles['actions']}>
          <Button variant="primary" isDisabled={state.status === 'running' || chosen.first === chosen.second} onPress={run}>
            {t('Judge on {name}', { name: wordDataName(data.data.name) })}
          </Button>
        </div>
      </section>
      {state.status === 'running' && (
        <Progress
          label={t('Judged')}
          share={state.total > 0 ? state.done / state.total : null}
          words={t('{done} of {total} answers', { done: formatCount(state.done), total: formatCount(state.total) })}
          onCancel={() => evaluation.cancel()}
        />
      )}
      {state.status === 'failed' && <Message error={state.error} />}
      {state.status === 'done' && <EvaluationResults result={state.result} />}
    </div>
  );
}
