import { useEffect, useRef, type RefObject } from 'react';

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
  const byPointer = useRef(false);
  useEffect(() => {
    last.current = document.activeElement;
    const onFocus = ({ target }: FocusEvent) => {
      last.current = target;
    };
    // In the capture phase: before other handlers act.
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
    // On a new page there was no focus to restore.
    const lost = nowhere && last.current instanceof HTMLElement && last.current !== document.body && (!last.current.isConnected || !last.current.checkVisibility() || last.current.matches(':disabled'));
    if (!lost || byPointer.current || view.current?.closest('[inert]')) return;
    (undo.current?.querySelector('button') ?? view.current)?.focus({ preventScroll: true });
  }, [view, undo, shape]);
}
