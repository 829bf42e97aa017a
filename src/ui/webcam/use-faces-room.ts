import { useEffect, type RefObject } from 'react';

/**
 * Tells the style sheet where the faces begin, `--above`, and how high the curve below them is, `--under`, both in pixels: with many faces on
 * a phone, their cards scroll in what is left between both.
 */
export function useFacesRoom(faces: RefObject<HTMLElement | null>, below: RefObject<HTMLElement | null>, isOn: boolean): void {
  useEffect(() => {
    const [list, curve] = [faces.current, below.current];
    if (!isOn || !list || !curve) return;
    const measure = () => {
      list.style.setProperty('--above', `${list.getBoundingClientRect().top + scrollY}px`);
      list.style.setProperty('--under', `${curve.offsetHeight}px`);
    };
    // Whatever moves the faces changes the height of the page.
    const observer = new ResizeObserver(measure);
    for (const element of [document.body, curve]) observer.observe(element);
    return () => observer.disconnect();
  }, [faces, below, isOn]);
}
