import { useEffect, useRef, useState } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { MienError } from '../../engine/errors';
import type { ObservationStore } from '../../session/observation-store';
import type { SessionInfo } from '../../session/session-info';
import { Button } from './Button';
import { DownloadIcon } from './icons';
import { Message } from './Message';
import { saveFile } from '../../app/files/save-file';
import { sessionFile, sessionStem, type SessionFileKind } from '../../app/files/session-file';
import styles from './SessionDownloads.module.css';

export interface SessionData {
  readonly info: SessionInfo;
  readonly store: ObservationStore;
}

interface Props {
  /** Reads the session, where it is not at hand already. Rejects with a `MienError`, or the signal's reason. */
  readonly load: (signal: AbortSignal) => Promise<SessionData>;
}

/** Sooner, nobody wants to see or stop it. */
const SHOW_AFTER_MS = 500;

type State =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly share: number; readonly shown: boolean }
  | { readonly status: 'failed'; readonly error: MienError };

/** A session's data as files: JSON or CSV. Long ones show how far they are, and can be stopped. */
export function SessionDownloads({ load }: Props) {
  const [state, setState] = useState<State>({ status: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const download = (kind: SessionFileKind) => {
    const stop = new AbortController();
    running.current?.abort();
    running.current = stop;
    const startedMs = performance.now();
    const show = (next: State) => {
      if (running.current === stop) setState(next);
    };
    const onProgress = (share: number) => show({ status: 'running', share, shown: performance.now() - startedMs > SHOW_AFTER_MS });
    onProgress(0);
    writeFile(load, kind, stop.signal, onProgress).then(
      () => show({ status: 'idle' }),
      (error: unknown) => show(stop.signal.aborted ? { status: 'idle' } : { status: 'failed', error: MienError.from(error) }),
    );
  };

  const busy = state.status === 'running';
  return (
    <div className={styles['downloads']}>
      <div className={styles['kinds']} role="group" aria-label="Download the data">
        <DownloadIcon />
        <Button variant="quiet" aria-label="Download JSON" isDisabled={busy} onPress={() => download('json')}>
          JSON
        </Button>
        <Button variant="quiet" aria-label="Download CSV" isDisabled={busy} onPress={() => download('csv')}>
          CSV
        </Button>
      </div>
      {busy && state.shown && (
        <>
          <ProgressBar className={styles['progress'] ?? ''} aria-label="Writing the file" value={state.share} maxValue={1}>
            <div style={{ transform: `scaleX(${state.share})` }} />
          </ProgressBar>
          <Button variant="quiet" onPress={() => running.current?.abort()}>
            Cancel
          </Button>
        </>
      )}
      {state.status === 'failed' && <Message error={state.error} />}
    </div>
  );
}

async function writeFile(load: Props['load'], kind: SessionFileKind, signal: AbortSignal, onProgress: (share: number) => void): Promise<void> {
  const { info, store } = await load(signal);
  const blob = await sessionFile(info, store, kind, { signal, onProgress });
  saveFile(blob, `${sessionStem(info)}.${kind}`);
}
