import { useSyncExternalStore } from 'react';

function onFullScreen(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

/** The full-screen element; null if none. */
export function useFullScreenElement(): Element | null {
  return useSyncExternalStore(onFullScreen, () => document.fullscreenElement);
}
