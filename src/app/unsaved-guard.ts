/** Asks for confirmation before the page is closed while unsaved data is in memory. */
export function guardUnsaved(subscribe: (listener: () => void) => unknown, isUnsaved: () => boolean): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  let asking = false;
  subscribe(() => {
    const unsaved = isUnsaved();
    if (unsaved === asking) return;
    asking = unsaved;
    // Only while needed: a page with such a listener is excluded from the back/forward cache.
    if (unsaved) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  });
}
