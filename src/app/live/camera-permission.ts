/** Calls back when the user allows the camera in the browser's settings, until the returned function is called. */
export function onCameraGranted(callback: () => void): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  // Some browsers do not report this permission; there the button remains.
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
