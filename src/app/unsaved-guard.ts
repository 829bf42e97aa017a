/** Asks before the page is closed while something is in its memory only. */
export function guardUnsaved(subscribe: (listener: () => void) => unknown, isUnsaved: () => boolean): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  let asking = false;
  subscribe(() => {
    const unsaved = isUnsaved();
    if (unsaved === asking) return;
    asking = unsaved;
    // Only while it is needed: a page with such a listener is not kept for going back.
    if (unsaved) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  });
}
