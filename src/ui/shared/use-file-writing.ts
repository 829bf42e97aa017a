import { useEffect, useRef, useState } from 'react';
import { MienError } from '../../engine/errors';

/** Shorter downloads show no progress, ms. */
const SHOW_AFTER_MS = 500;

export type FileWritingState =
  | { readonly status: 'idle' }
  /** `share`: written share of the file, 0–1. `shown`: slow enough for its progress to be shown. */
  | { readonly status: 'running'; readonly share: number; readonly shown: boolean }
  | { readonly status: 'failed'; readonly error: MienError };

/** Writes a file; rejects with a `MienError`, or the signal's reason. */
export type WriteFile = (signal: AbortSignal, onProgress: (share: number) => void) => Promise<void>;

/** Writes one file at a time, with progress, failure and cancellation. Unmounting cancels it. */
export function useFileWriting() {
  const [state, setState] = useState<FileWritingState>({ status: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const write = (writeFile: WriteFile) => {
    const stop = new AbortController();
    running.current?.abort();
    running.current = stop;
    const startedMs = performance.now();
    const show = (next: FileWritingState) => {
      if (running.current === stop) setState(next);
    };
    const onProgress = (share: number) => show({ status: 'running', share, shown: performance.now() - startedMs > SHOW_AFTER_MS });
    onProgress(0);
    writeFile(stop.signal, onProgress).then(
      () => show({ status: 'idle' }),
      (error: unknown) => show(stop.signal.aborted ? { status: 'idle' } : { status: 'failed', error: MienError.from(error) }),
    );
  };
  return { state, write, cancel: () => running.current?.abort() };
}
