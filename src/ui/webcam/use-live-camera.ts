import { useEffect, useRef, useSyncExternalStore, type RefObject } from 'react';
import type { LiveSession } from '../../app/live/live-session';
import type { CameraSnapshot } from '../../sources/camera-controller';

interface ShownCamera extends CameraSnapshot {
  /** Ref of the video element that shows the camera. */
  readonly video: RefObject<HTMLVideoElement | null>;
}

/** Shows the session's camera while the component is mounted. */
export function useLiveCamera(session: LiveSession): ShownCamera {
  const video = useRef<HTMLVideoElement>(null);
  const { camera } = session;
  const snapshot = useSyncExternalStore(camera.subscribe, camera.getSnapshot);
  const { state } = snapshot;

  useEffect(() => session.show(), [session]);

  const stream = state.status === 'live' ? state.source.stream : null;
  useEffect(() => {
    const element = video.current;
    if (!element || !stream) return;
    element.srcObject = stream;
    // Rejects if the stream is removed before the first picture.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);

  return { ...snapshot, video };
}
