import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { CameraController, type CameraSnapshot } from '../../sources/camera-controller';
import type { LiveSession } from '../../app/live/live-session';

interface Options {
  readonly session: LiveSession;
  readonly active: boolean;
  readonly cameraId: string | null;
}

interface LiveCamera extends CameraSnapshot {
  /** For the video element that shows the camera. */
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Asks for the camera again after a failure. */
  readonly retry: () => void;
}

/**
 * Holds the camera exactly while `active`, and shows it in the video. Whenever it lets go of it, the
 * last picture is kept as the session's still.
 */
export function useLiveCamera({ session, active, cameraId }: Options): LiveCamera {
  const video = useRef<HTMLVideoElement>(null);
  const [controller] = useState(() => new CameraController());
  const [attempt, setAttempt] = useState(0);
  const snapshot = useSyncExternalStore(controller.subscribe, controller.getSnapshot);
  const { state } = snapshot;

  useEffect(() => controller.watchDevices(), [controller]);

  useEffect(() => {
    if (!active) return;
    const element = video.current;
    controller.start(cameraId);
    return () => {
      if (element) session.keepStill(element);
      controller.stop();
    };
    // `attempt` asks for the same camera once more.
  }, [controller, session, active, cameraId, attempt]);

  const stream = state.status === 'live' ? state.source.stream : null;
  useEffect(() => {
    const element = video.current;
    if (!element || !stream) return;
    element.srcObject = stream;
    // Rejects when the stream is taken away before the first picture.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);

  const denied = state.status === 'failed' && state.error.reason === 'denied';
  useEffect(() => (denied ? onceGranted(() => setAttempt((n) => n + 1)) : undefined), [denied]);

  return { ...snapshot, video, retry: () => setAttempt((n) => n + 1) };
}

/** Calls back when the person allows the camera in the browser's own settings. */
function onceGranted(callback: () => void): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  // Not every browser tells of this permission; there, the button remains.
  navigator.permissions.query({ name: 'camera' }).then(
    (permission) => {
      const check = () => {
        if (permission.state === 'granted') callback();
      };
      if (!signal.aborted) permission.addEventListener('change', check, { signal });
    },
    () => undefined,
  );
  return () => watching.abort();
}
