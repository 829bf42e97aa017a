/**
 * Lets the app work without a network after its first load. Where a browser has no service workers or
 * refuses this one, the app works as before, with a network.
 */
export function keepOfflineCopy(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = () => {
    navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI)).catch((error: unknown) => {
      console.info('Mien will not work offline:', error);
    });
  };
  // After the page's own first needs.
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}
