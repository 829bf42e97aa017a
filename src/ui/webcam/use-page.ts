import { useSyncExternalStore } from 'react';

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

/** Whether the browser tab is out of sight. */
export function usePageHidden(): boolean {
  return useSyncExternalStore(onVisibility, () => document.hidden);
}

function onFullScreen(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

/** The element that fills the screen, if one does. */
export function useFullScreenElement(): Element | null {
  return useSyncExternalStore(onFullScreen, () => document.fullscreenElement);
}
