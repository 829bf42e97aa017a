import { useEffect, type RefObject } from 'react';

/**
 * Sets `data-overflows` while the element's content is wider than the element.
 *
 * @param onResize also called on each change of size.
 */
export function useOverflow(element: RefObject<HTMLElement | null>, onResize?: (element: HTMLElement) => void): void {
  useEffect(() => {
    const own = element.current;
    if (!own) return;
    const resizing = new ResizeObserver(() => {
      own.toggleAttribute('data-overflows', own.scrollWidth > own.clientWidth);
      onResize?.(own);
    });
    for (const each of [own, ...own.children]) resizing.observe(each);
    return () => resizing.disconnect();
  }, [element, onResize]);
}
