import { useEffect, useEffectEvent } from 'react';

/** Elements that use letters or the space bar themselves. */
const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="listbox"], [role="menu"], [role="dialog"]';
const PRESSABLE = 'button, a[href], summary, [role="button"], [role="switch"], [role="tab"], [role="option"]';

function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.repeat || event.isComposing) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING)) return true;
  return event.key === ' ' && Boolean(target?.closest(PRESSABLE));
}

/** Calls a single key's action, unless the focused element uses the key. */
export function useShortcuts(enabled: boolean, actions: Readonly<Record<string, () => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const action = actions[event.key.toLowerCase()];
    if (!action || isTaken(event)) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [enabled]);
}
