import { cacheNames, clientsClaim } from 'workbox-core';
import {
  addPlugins,
  cleanupOutdatedCaches,
  getCacheKeyForURL,
  matchPrecache,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching';

import { KEEP_LAB, keepParts, partManifest } from './lab-parts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/*
 * Caches all files of the app, so that it works offline.
 *
 * A new version is fetched in the background and takes over with the next load: never under an open page, whose lazy
 * chunks would then be missing.
 */

const TAKE_OVER = 'take-over';
/** Longest time that pages wait for a take-over, which this worker's pending responses may delay, ms. */
const TAKE_OVER_PATIENCE_MS = 10_000;

/** Time at which the new version was told to take over; null if not yet. */
let handedOverMs: number | null = null;

self.addEventListener('message', (event) => {
  if (event.data === TAKE_OVER) void self.skipWaiting();
  if (event.data === KEEP_LAB) event.waitUntil(keepLab());
});

// Registered before the precache's own listener: the first listener to respond wins.
self.addEventListener('fetch', (event) => {
  const { waiting } = self.registration;
  if (event.request.mode === 'navigate' && waiting !== null) event.respondWith(answerWhileWaiting(event.request, waiting));
});

// The page found a file damaged (`pastDamage` in engine/assets.ts), perhaps its cached copy.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const key = getCacheKeyForURL(request.url);
  if (request.cache === 'reload' && request.mode !== 'navigate' && key !== undefined) event.respondWith(fetchAnew(request, key));
});

/** Cache for files outside the precache, filled on use: networks of the zoo, the Lab, the loader of custom models, rarely needed binaries. */
const USED_PARTS = 'used-parts';
const { app: APP, lab: LAB } = partManifest(self.__WB_MANIFEST);
const LAB_URLS = LAB.map((url) => new URL(url, self.registration.scope).href);
const PARTS = ['models/', 'lab/', 'assets/', 'vendor/'];

// Caches each file on first use.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isPart = request.method === 'GET' && PARTS.some((folder) => request.url.startsWith(new URL(folder, self.registration.scope).href));
  if (isPart && getCacheKeyForURL(request.url) === undefined) event.respondWith(fetchOrKept(request));
});

/** Network first, else the last cached response. */
async function fetchOrKept(request: Request): Promise<Response> {
  const kept = await caches.open(USED_PARTS);
  try {
    const response = await fetch(request);
    if (response.ok) await kept.put(request, response.clone()).catch((error: unknown) => console.info('A part is not kept:', error));
    return response;
  } catch (error) {
    const copy = await kept.match(request);
    if (!copy) throw error;
    return copy;
  }
}

/** Fetches from the network and replaces the cached copy if storage allows. */
async function fetchAnew(request: Request, key: string): Promise<Response> {
  const response = await fetch(request);
  if (!response.ok) return response;
  const copy = response.clone();
  try {
    await (await caches.open(cacheNames.precache)).put(key, copy);
  } catch (error) {
    console.info('The damaged copy stays:', error);
  }
  return response;
}

async function answerWhileWaiting(request: Request, waiting: ServiceWorker): Promise<Response> {
  if (handedOverMs === null && (await isLastPage(request))) {
    handedOverMs = performance.now();
    waiting.postMessage(TAKE_OVER);
  }
  // The take-over cannot be undone: a page served by the old version now would lose its lazy chunks.
  if (handedOverMs !== null && performance.now() - handedOverMs < TAKE_OVER_PATIENCE_MS) return waitingPage();
  const url = new URL(request.url);
  return (await matchPrecache(url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname)) ?? fetch(request);
}

/** Whether no other open page still needs this version. */
async function isLastPage(request: Request): Promise<boolean> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const reloads = request.cache === 'no-cache' || request.cache === 'reload';
  return pages.length === 0 || (pages.length === 1 && reloads);
}

/**
 * An empty page that reloads once the new version serves. A worker with a pending response cannot be replaced, so this
 * one has to end with a response; and the page must not reload earlier, since Chromium never answers a request made
 * during the switch.
 */
function waitingPage(): Response {
  const nonce = crypto.randomUUID();
  const script = `(${loadOnceTakenOver.toString()})(${TAKE_OVER_PATIENCE_MS})`;
  // A page without an icon would request one from the server.
  return new Response(`<!doctype html><link rel="icon" href="data:,"><script nonce="${nonce}">${script}</script>`, {
    headers: {
      'Content-Type': 'text/html',
      'Content-Security-Policy': `default-src 'none'; img-src data:; script-src 'nonce-${nonce}'`,
    },
  });
}

/** Runs in the waiting page, serialised, so it cannot use anything outside its body. */
async function loadOnceTakenOver(patienceMs: number): Promise<void> {
  setTimeout(() => location.reload(), patienceMs);
  const registration = await navigator.serviceWorker.getRegistration();
  if (registration?.waiting) {
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  }
  const active = registration?.active;
  if (active?.state === 'activating') {
    await new Promise((resolve) => active.addEventListener('statechange', resolve, { once: true }));
  }
  location.reload();
}

/** Caches the whole Lab for offline use. */
async function keepLab(): Promise<void> {
  await keepParts(await caches.open(USED_PARTS), LAB_URLS);
}

// If the previous version's Lab was cached, caches this version's too.
self.addEventListener('install', (event) => event.waitUntil(keepLabAgain()));

async function keepLabAgain(): Promise<void> {
  const kept = await caches.open(USED_PARTS);
  const folder = new URL('lab/', self.registration.scope).href;
  if ((await kept.keys()).some(({ url }) => url.startsWith(folder))) await keepLab();
}

// On activation no page uses this version yet, so cached scripts are of the old one.
self.addEventListener('activate', (event) => event.waitUntil(forgetScripts()));

async function forgetScripts(): Promise<void> {
  const kept = await caches.open(USED_PARTS);
  const scripts = new URL('assets/', self.registration.scope).href;
  for (const { url } of await kept.keys()) if (url.startsWith(scripts) && !LAB_URLS.includes(url)) await kept.delete(url);
}

addPlugins([
  {
    // Revalidates files that the page has just fetched instead of downloading them again.
    requestWillFetch: ({ request }) =>
      Promise.resolve(request.mode === 'navigate' ? request : new Request(request, { cache: 'no-cache' })),
  },
]);
precacheAndRoute(APP, { ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();
clientsClaim();
