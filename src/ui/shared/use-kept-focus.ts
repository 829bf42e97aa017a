import { useEffect, useRef, type RefObject } from 'react';

/**
 * Photos that come or go take buttons with them, the one with the focus too. It then goes to the way
 * back after a removal, else to the start of the view, never to the top of the page. After a press with the mouse or a finger it
 * goes nowhere: Space would press what nobody chose.
 *
 * @param shape changes whenever buttons may have gone.
 */
export function useKeptFocus(view: RefObject<HTMLElement | null>, undo: RefObject<HTMLElement | null>, shape: string): void {
  const before = useRef(shape);
  const last = useRef<EventTarget | null>(null);
  const byPointer = useRef(false);
  useEffect(() => {
    last.current = document.activeElement;
    const onFocus = ({ target }: FocusEvent) => {
      last.current = target;
    };
    // Before what they do.
    const onPointerDown = () => {
      byPointer.current = true;
    };
    const onKeyDown = () => {
      byPointer.current = false;
    };
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPointerDown, true);
    document.addEventListener('keydown', onKeyDown, true);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onPointerDown, true);
      document.removeEventListener('keydown', onKeyDown, true);
    };
  }, []);
  useEffect(() => {
    if (before.current === shape) return;
    before.current = shape;
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    // On a page that has just come nothing had it.
    const lost = nowhere && last.current instanceof HTMLElement && last.current !== document.body && (!last.current.isConnected || !last.current.checkVisibility() || last.current.matches(':disabled'));
    if (!lost || byPointer.current || view.current?.closest('[inert]')) return;
    (undo.current?.querySelector('button') ?? view.current)?.focus({ preventScroll: true });
  }, [view, undo, shape]);
}
