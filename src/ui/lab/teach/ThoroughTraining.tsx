import { useSyncExternalStore } from 'react';
import type { DataSet } from '../../../app/lab/data-set';
import { wordDataName } from '../../../app/lab/data-words';
import { thoroughSession, type TrainingProgress } from '../../../app/lab/thorough-session';
import { NETWORK_WORDS, wordRemaining } from '../../../app/lab/training-words';
import { wordError } from '../../../words/errors';
import { formatMoment } from '../../../words/format';
import { msg, t } from '../../../words/i18n';
import { Button } from '../../shared/Button';
import { Message } from '../../shared/Message';
import styles from '../lab.module.css';
import { Progress } from '../Progress';
import { TaughtModel } from './TaughtModel';
import { TrainingCurves } from './TrainingCurves';

/** Running, interrupted or completed training. @param data null if there is none; nothing can be resumed then. */
export function ThoroughTraining({ data }: { readonly data: DataSet | null }) {
  const state = useSyncExternalStore(thoroughSession.subscribe, thoroughSession.getSnapshot);
  switch (state.status) {
    case 'idle':
      return <Interrupted data={data} />;
    case 'elsewhere':
      return <p role="status">{t('Another tab is training. Wait for its end, or end it there.')}</p>;
    case 'preparing':
      return <Progress label={t('Training')} share={null} words={t('Splitting the faces into groups, and finding the fastest backend…')} onCancel={() => thoroughSession.cancel()} />;
    case 'failed':
      return (
        <>
          <Message error={state.error} />
          <Interrupted data={data} />
        </>
      );
    case 'running':
      return <Running progress={state} />;
    case 'done':
      return (
        <>
          <TrainingCurves rows={state.rows} bestEpoch={state.bestEpoch} />
          <TaughtModel result={state.result} />
        </>
      );
  }
}

function Interrupted({ data }: { readonly data: DataSet | null }) {
  const kept = useSyncExternalStore(thoroughSession.subscribeKept, thoroughSession.getKept);
  if (!kept || !data) return null;
  const { choice, checkpoint, dataName, savedAtMs } = kept;
  return (
    <section className={styles['card']} aria-label={t('Interrupted training')}>
      <h2>{choice.name}</h2>
      <p>
        {t('Training with {data} was interrupted after epoch {done} of {epochs}, {moment}: {network}.', { data: wordDataName(dataName), done: checkpoint.state.rows.length, epochs: choice.plan.epochs, moment: formatMoment(savedAtMs), network: t(NETWORK_WORDS[choice.network]) })}
      </p>
      <div className={styles['actions']}>
        <Button variant="primary" onPress={() => void thoroughSession.resume(data, kept)}>
          {t('Go on from epoch {epoch}', { epoch: checkpoint.state.rows.length + 1 })}
        </Button>
        <Button onPress={() => thoroughSession.forget()}>{t('Delete it')}</Button>
      </div>
    </section>
  );
}

function Running({ progress }: { readonly progress: TrainingProgress }) {
  const { choice, split, backend, stepMs, step, stepsOfEpoch, rows, bestEpoch, unkept, isEnding } = progress;
  const { epochs } = choice.plan;
  const stepsDone = rows.length * stepsOfEpoch + (step && step.epoch === rows.length ? step.done : 0);
  const remaining = wordRemaining(stepMs, stepsOfEpoch, stepsDone, epochs);
  const name = choice.name;
  const words =
    backend === null
      ? t('{name}: finding the fastest backend', { name })
      : [t('{name}: epoch {epoch} of at most {epochs}', { name, epoch: Math.min(rows.length + 1, epochs), epochs }), remaining, isEnding ? t('ending') : null].filter((part) => part !== null).join(', ');
  return (
    <>
      <Progress label={t('Training')} share={backend === null ? null : stepsDone / (epochs * stepsOfEpoch)} words={words} onCancel={() => thoroughSession.cancel()}>
        <Button isDisabled={rows.length === 0 || isEnding} onPress={() => thoroughSession.endEarly()}>
          {t('End now with the best epoch')}
        </Button>
      </Progress>
      {backend?.slow && (
        <p className={styles['warning']}>
          {t('The graphics card and WebAssembly lack a gradient that this network needs, so plain JavaScript computes it, which takes much longer. Mien’s own networks train on all of them.')}
        </p>
      )}
      <p className={styles['hint']}>
        {split} {backend && t('Computed by {backend}.', { backend: t(BACKEND_WORDS[backend.name]) })}{' '}
        {t('The camera and all other pages go on meanwhile. Each epoch is kept, so that a closed tab can go on from it.')}
      </p>
      {unkept && (
        <Message
          error={unkept}
          wording={{ title: wordError(unkept).title, advice: t('The newest epoch is not kept. Training goes on; leave this tab open until its end.') }}
        />
      )}
      <TrainingCurves rows={rows} bestEpoch={bestEpoch} />
    </>
  );
}

const BACKEND_WORDS = { webgl: msg('the graphics card'), wasm: msg('WebAssembly'), cpu: msg('plain JavaScript') } as const;
