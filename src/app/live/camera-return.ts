import { listCameras } from '../../sources/camera-source';

/**
 * Calls back when a missing camera is plugged in, until the returned function is called.
 *
 * @param cameraId the awaited camera; null for any.
 */
export function onCameraPluggedIn(cameraId: string | null, callback: () => void): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  let known = listCameras();
  const check = async () => {
    const before = known;
    known = listCameras();
    const [old, now] = await Promise.all([before, known]);
    const isNew = (id: string) => (cameraId === null || id === cameraId) && !old.some((camera) => camera.id === id);
    if (!signal.aborted && now.some(({ id }) => isNew(id))) callback();
  };
  // Missing in insecure contexts, contrary to the type declarations.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', () => void check(), { signal });
  return () => watching.abort();
}
