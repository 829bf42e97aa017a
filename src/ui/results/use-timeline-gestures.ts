import { useEffect, useRef, type PointerEvent, type RefObject } from 'react';

interface Gestures {
  /** A press or a drag with one pointer. */
  readonly onSeek: (clientX: number) => void;
  /** Wheel or pinch; a factor below 1 zooms in, around a fixed point. */
  readonly onZoom: (factor: number, clientX: number) => void;
  /** Horizontal pan, in CSS pixels of the content under the pointer. */
  readonly onPan: (byPx: number) => void;
}

interface Handlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
}

/** Zoom per pixel of wheel movement. */
const ZOOM_PER_PX = 1 / 400;

/** Centre and distance of two fingers, CSS pixels. */
function pinchOf(pointers: ReadonlyMap<number, number>): { middle: number; spread: number } | null {
  const [a, b] = [...pointers.values()];
  return a === undefined || b === undefined ? null : { middle: (a + b) / 2, spread: Math.max(24, Math.abs(a - b)) };
}

/**
 * Pointer and wheel gestures on a timeline. The plain wheel scrolls the page until the timeline has the focus; with Ctrl, which is also how
 * touchpad pinches arrive, and horizontally it always acts on the timeline.
 */
export function useTimelineGestures(target: RefObject<HTMLElement | null>, { onSeek, onZoom, onPan }: Gestures): Handlers {
  const pointers = useRef(new Map<number, number>());
  useWheel(target, (event) => {
    const { deltaX, deltaY, shiftKey, ctrlKey, metaKey } = event;
    const sideways = shiftKey ? deltaY || deltaX : Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : 0;
    const focused = target.current === document.activeElement;
    if (sideways === 0 && !ctrlKey && !metaKey && !focused) return;
    event.preventDefault();
    if (sideways !== 0) onPan(sideways);
    else onZoom(Math.exp(deltaY * ZOOM_PER_PX), event.clientX);
  });

  const onMove = (event: PointerEvent<HTMLElement>) => {
    const { current: held } = pointers;
    if (!held.has(event.pointerId)) return;
    const before = pinchOf(held);
    held.set(event.pointerId, event.clientX);
    const now = pinchOf(held);
    if (!before || !now) return onSeek(event.clientX);
    onZoom(before.spread / now.spread, now.middle);
    onPan(before.middle - now.middle);
  };
  const onEnd = (event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId);
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, event.clientX);
      if (pointers.current.size === 1) onSeek(event.clientX);
    },
    onPointerMove: onMove,
    onPointerUp: onEnd,
    onPointerCancel: onEnd,
  };
}

/** React's wheel listener is passive, and could not prevent the page from zooming. */
function useWheel(target: RefObject<HTMLElement | null>, onWheel: (event: WheelEvent) => void): void {
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const element = target.current;
    const listener = (event: WheelEvent) => latest.current(event);
    element?.addEventListener('wheel', listener, { passive: false });
    return () => element?.removeEventListener('wheel', listener);
  }, [target]);
}
