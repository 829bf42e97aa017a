import { clientsClaim } from 'workbox-core';
import { addPlugins, cleanupOutdatedCaches, matchPrecache, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/*
 * Keeps a copy of everything that the app consists of, so that it works without a network.
 *
 * A new version is fetched beside the running one and serves from the next load on: never under an open
 * page, whose later chunks would then be missing.
 */

const TAKE_OVER = 'take-over';

self.addEventListener('message', (event) => {
  if (event.data === TAKE_OVER) void self.skipWaiting();
});

// Before the precache's own listener, because the first to answer a fetch wins.
self.addEventListener('fetch', (event) => {
  const { waiting } = self.registration;
  if (event.request.mode === 'navigate' && waiting !== null) event.respondWith(answerWhileWaiting(event.request, waiting));
});

async function answerWhileWaiting(request: Request, waiting: ServiceWorker): Promise<Response> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const reloads = request.cache === 'no-cache' || request.cache === 'reload';
  if (pages.length === 0 || (pages.length === 1 && reloads)) {
    waiting.postMessage(TAKE_OVER);
    return new Response('', { headers: { 'Content-Type': 'text/html', Refresh: '0' } });
  }
  const url = new URL(request.url);
  return (await matchPrecache(url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname)) ?? fetch(request);
}

addPlugins([
  {
    // What the page has just fetched is asked for again only with its tag, not whole.
    requestWillFetch: ({ request }) =>
      Promise.resolve(request.mode === 'navigate' ? request : new Request(request, { cache: 'no-cache' })),
  },
]);
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();
clientsClaim();
