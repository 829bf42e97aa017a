/**
 * Lets the app work without a network after its first load. Where a browser has no service workers or
 * refuses this one, the app works as before, with a network.
 */
export function keepOfflineCopy(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // After the page's own first needs.
  if (document.readyState === 'complete') void register();
  else window.addEventListener('load', () => void register(), { once: true });
}

async function register(): Promise<void> {
  try {
    // Where storage is denied, even the container throws on access.
    await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
  } catch (error) {
    console.info('Mien will not work offline:', error);
  }
}
