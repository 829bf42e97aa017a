/** What Ctrl+Z may undo. */
interface WayBack {
  /** Where it is offered; null while that is not in the page. */
  readonly place: () => Element | null;
  readonly undo: () => void;
}

/** What was done last comes last. */
const ways: WayBack[] = [];

/** Makes Ctrl+Z undo what was just done, until something else is done. Returns what takes that back. */
export function offerUndo(way: WayBack): () => void {
  if (ways.length === 0) addEventListener('keydown', onKeyDown);
  ways.push(way);
  return () => {
    ways.splice(ways.indexOf(way), 1);
    if (ways.length === 0) removeEventListener('keydown', onKeyDown);
  };
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'z') return;
  // A field undoes its own text.
  if (event.target instanceof Element && event.target.closest('input:not([type="checkbox"]), textarea, [contenteditable]')) return;
  const way = ways.findLast(({ place }) => isInFront(place()));
  if (!way) return;
  event.preventDefault();
  way.undo();
}

/** In a place that is shown, and behind no dialog. */
function isInFront(place: Element | null): boolean {
  if (!place || place.closest('[inert]')) return false;
  const dialogs = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"], dialog[open]')];
  return dialogs.every((dialog) => dialog.contains(place));
}
