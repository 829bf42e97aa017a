import { useEffect, useRef, type RefObject } from 'react';
import { followPresses } from './follow-presses';

/**
 * Restores the focus when the focused button is removed together with photos: it moves to the undo bar
 * after a removal, else to the start of the view, never to the top of the page. After a mouse or touch press it stays on the
 * body: otherwise Space would press a button that the user did not choose.
 *
 * @param shape changes whenever buttons may have been removed.
 */
export function useKeptFocus(view: RefObject<HTMLElement | null>, undo: RefObject<HTMLElement | null>, shape: string): void {
  const before = useRef(shape);
  const last = useRef<EventTarget | null>(null);
  const isByPointer = useRef<() => boolean>(() => false);
  useEffect(() => {
    const following = new AbortController();
    const { signal } = following;
    last.current = document.activeElement;
    const onFocus = ({ target }: FocusEvent) => {
      last.current = target;
    };
    document.addEventListener('focusin', onFocus, { signal });
    isByPointer.current = followPresses(signal);
    return () => following.abort();
  }, []);
  useEffect(() => {
    if (before.current === shape) return;
    before.current = shape;
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    // On a new page there was no focus to restore.
    const lost = nowhere && last.current instanceof HTMLElement && last.current !== document.body && (!last.current.isConnected || !last.current.checkVisibility() || last.current.matches(':disabled'));
    if (!lost || isByPointer.current() || view.current?.closest('[inert]')) return;
    (undo.current?.querySelector('button') ?? view.current)?.focus({ preventScroll: true });
  }, [view, undo, shape]);
}
