import type { SessionRecorder } from '../../session/session-recorder';

/** Asks before the page is closed while something that was recorded is in its memory only. */
export function guardUnsaved(recorder: SessionRecorder): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  let asking = false;
  recorder.subscribe(() => {
    const unsaved = recorder.getSnapshot().trouble !== null;
    if (unsaved === asking) return;
    asking = unsaved;
    // Only while it is needed: a page with such a listener is not kept for going back.
    if (unsaved) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  });
}
