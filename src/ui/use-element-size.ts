import { useEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { Size } from '../engine/geometry';

/** An element's size in CSS pixels; null before layout. */
export function useElementSize(element: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = target;
      // A rendering after the next painting would show labels out of place.
      flushSync(() => setSize(width > 0 && height > 0 ? { width, height } : null));
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
