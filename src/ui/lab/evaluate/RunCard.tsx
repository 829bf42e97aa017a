import { useSyncExternalStore, type ReactNode } from 'react';
import type { CancellableRun } from '../../../app/lab/cancellable-run';
import type { Judgement } from '../../../app/lab/evaluation';
import { Button } from '../../shared/Button';
import { Message } from '../../shared/Message';
import styles from '../lab.module.css';
import { Progress } from '../Progress';

interface Props<T> {
  readonly title: string;
  readonly run: CancellableRun<T>;
  /** Judgement that the result must belong to. */
  readonly judgement: Judgement;
  /** Describes what the button starts. */
  readonly offer: ReactNode;
  readonly button: string;
  readonly onStart: () => void;
  readonly progress: (done: number, total: number) => string;
  readonly children: (result: T) => ReactNode;
}

/** An optional long analysis of judged answers, started on demand. */
export function RunCard<T extends { readonly of: Judgement }>({ title, run, judgement, offer, button, onStart, progress, children }: Props<T>) {
  const state = useSyncExternalStore(run.subscribe, run.getSnapshot);
  if (state.status === 'running') {
    return <Progress label={title} share={state.total > 0 ? state.done / state.total : null} words={progress(state.done, state.total)} onCancel={() => run.cancel()} />;
  }
  const result = state.status === 'done' && state.result.of === judgement ? state.result : null;
  return (
    <div className={styles['card']} data-unprinted={result === null || undefined}>
      <h3>{title}</h3>
      {state.status === 'failed' && <Message error={state.error} />}
      {result ? (
        children(result)
      ) : (
        <>
          <p className={styles['hint']}>{offer}</p>
          <div className={styles['actions']}>
            <Button onPress={onStart}>{button}</Button>
          </div>
        </>
      )}
    </div>
  );
}
