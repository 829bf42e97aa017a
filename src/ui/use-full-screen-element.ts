import { useSyncExternalStore } from 'react';

function onFullScreen(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

/** The element that fills the screen, if one does. */
export function useFullScreenElement(): Element | null {
  return useSyncExternalStore(onFullScreen, () => document.fullscreenElement);
}
