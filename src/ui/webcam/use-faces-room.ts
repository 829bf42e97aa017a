import { useEffect, type RefObject } from 'react';

/**
 * Sets the CSS variables `--above` (top of the faces) and `--under` (height of the curve below them), in pixels: with many faces on a phone, their
 * cards scroll between the two.
 */
export function useFacesRoom(faces: RefObject<HTMLElement | null>, below: RefObject<HTMLElement | null>, isOn: boolean): void {
  useEffect(() => {
    const [list, curve] = [faces.current, below.current];
    if (!isOn || !list || !curve) return;
    const measure = () => {
      list.style.setProperty('--above', `${list.getBoundingClientRect().top + scrollY}px`);
      list.style.setProperty('--under', `${curve.offsetHeight}px`);
    };
    // Anything that moves the faces also changes the height of the page.
    const observer = new ResizeObserver(measure);
    for (const element of [document.body, curve]) observer.observe(element);
    return () => observer.disconnect();
  }, [faces, below, isOn]);
}
