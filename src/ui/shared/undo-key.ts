/** An action that Ctrl+Z can undo. */
interface WayBack {
  /** Element that offers the undo; null while it is not rendered. */
  readonly place: () => Element | null;
  readonly undo: () => void;
}

/** The latest is last. */
const ways: WayBack[] = [];

/** Makes Ctrl+Z undo the latest action until another follows. Returns a function that withdraws the offer. */
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
  // Text fields have their own undo.
  if (event.target instanceof Element && event.target.closest('input:not([type="checkbox"]), textarea, [contenteditable]')) return;
  const way = ways.findLast(({ place }) => isInFront(place()));
  if (!way) return;
  event.preventDefault();
  way.undo();
}

/** True if the element is visible and not behind a dialog. */
function isInFront(place: Element | null): boolean {
  if (!place || place.closest('[inert]')) return false;
  const dialogs = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"], dialog[open]')];
  return dialogs.every((dialog) => dialog.contains(place));
}
