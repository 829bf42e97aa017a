import { useEffect, useRef, type RefObject } from 'react';

/**
 * Photos that come or go take buttons with them, the one with the focus too. It then goes to the way
 * back after a removal, else to the start of the view, never to the top of the page.
 *
 * @param shape changes whenever buttons may have gone.
 */
export function useKeptFocus(view: RefObject<HTMLElement | null>, undo: RefObject<HTMLElement | null>, shape: string): void {
  const before = useRef(shape);
  const last = useRef<EventTarget | null>(null);
  useEffect(() => {
    last.current = document.activeElement;
    const onFocus = ({ target }: FocusEvent) => {
      last.current = target;
    };
    // A click beside everything takes the focus away without an event of its own.
    const onMouseDown = ({ target, defaultPrevented }: MouseEvent) => {
      if (!defaultPrevented && target instanceof Element && !target.closest('a[href], button, input, select, textarea, summary, label, iframe, audio, video, [tabindex], [contenteditable]')) last.current = null;
    };
    document.addEventListener('focusin', onFocus);
    document.addEventListener('mousedown', onMouseDown);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('mousedown', onMouseDown);
    };
  }, []);
  useEffect(() => {
    if (before.current === shape) return;
    before.current = shape;
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    // On a page that has just come, or after a click beside everything, nothing had it.
    const lost = nowhere && last.current instanceof HTMLElement && last.current !== document.body && (!last.current.isConnected || !last.current.checkVisibility() || last.current.matches(':disabled'));
    if (!lost || view.current?.closest('[inert]')) return;
    (undo.current?.querySelector('button') ?? view.current)?.focus({ preventScroll: true });
  }, [view, undo, shape]);
}
