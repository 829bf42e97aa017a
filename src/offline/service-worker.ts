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
 * Keeps a copy of everything that the app consists of, so that it works without a network.
 *
 * A new version is fetched beside the running one and serves from the next load on: never under an open
 * page, whose later chunks would then be missing.
 */

const TAKE_OVER = 'take-over';
/** How long pages are held back for a take-over, which this worker's last unfinished answers may delay, ms. */
const TAKE_OVER_PATIENCE_MS = 10_000;

/** When the new version was told to take over; null: not yet. */
let handedOverMs: number | null = null;

self.addEventListener('message', (event) => {
  if (event.data === TAKE_OVER) void self.skipWaiting();
  if (event.data === KEEP_LAB) event.waitUntil(keepLab());
});

// Before the precache's own listener, because the first to answer a fetch wins.
self.addEventListener('fetch', (event) => {
  const { waiting } = self.registration;
  if (event.request.mode === 'navigate' && waiting !== null) event.respondWith(answerWhileWaiting(event.request, waiting));
});

// A file that the page found damaged (`pastDamage` in engine/assets.ts): the copy may be what is damaged.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const key = getCacheKeyForURL(request.url);
  if (request.cache === 'reload' && request.mode !== 'navigate' && key !== undefined) event.respondWith(fetchAnew(request, key));
});

/** Where parts lie once they were used that are no part of the first copy: networks of the zoo, the Lab, what reads brought models. */
const USED_PARTS = 'used-parts';
const { app: APP, lab: LAB } = partManifest(self.__WB_MANIFEST);
const LAB_URLS = LAB.map((url) => new URL(url, self.registration.scope).href);
const PARTS = ['models/', 'lab/', 'assets/'];

// Each is kept when it is first used.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isPart = request.method === 'GET' && PARTS.some((folder) => request.url.startsWith(new URL(folder, self.registration.scope).href));
  if (isPart && getCacheKeyForURL(request.url) === undefined) event.respondWith(fetchOrKept(request));
});

/** From the server, else as it was when it was last fetched. */
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

/** From the server; what came takes the place of the copy, where the device has room for it. */
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
  // It cannot be called back: a page that got the old version now would lose its later chunks under way.
  if (handedOverMs !== null && performance.now() - handedOverMs < TAKE_OVER_PATIENCE_MS) return waitingPage();
  const url = new URL(request.url);
  return (await matchPrecache(url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname)) ?? fetch(request);
}

/** Whether no other page is open that still needs this version. */
async function isLastPage(request: Request): Promise<boolean> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const reloads = request.cache === 'no-cache' || request.cache === 'reload';
  return pages.length === 0 || (pages.length === 1 && reloads);
}

/**
 * An empty page that loads again once the new version serves. A worker that still has an answer to give cannot be
 * replaced, so there must be one; and it must not load sooner, since Chromium never answers a page that is asked for
 * in the moment of the change.
 */
function waitingPage(): Response {
  const nonce = crypto.randomUUID();
  const script = `(${loadOnceTakenOver.toString()})(${TAKE_OVER_PATIENCE_MS})`;
  // Without an icon of its own, a page asks the server for one.
  return new Response(`<!doctype html><link rel="icon" href="data:,"><script nonce="${nonce}">${script}</script>`, {
    headers: {
      'Content-Type': 'text/html',
      'Content-Security-Policy': `default-src 'none'; img-src data:; script-src 'nonce-${nonce}'`,
    },
  });
}

/** Runs in the waiting page, which gets nothing but its text. */
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

/** Has the whole Lab work without a network from now on. */
async function keepLab(): Promise<void> {
  await keepParts(await caches.open(USED_PARTS), LAB_URLS);
}

// A person who used the Lab of the previous version gets that of this one, too.
self.addEventListener('install', (event) => event.waitUntil(keepLabAgain()));

async function keepLabAgain(): Promise<void> {
  const kept = await caches.open(USED_PARTS);
  const folder = new URL('lab/', self.registration.scope).href;
  if ((await kept.keys()).some(({ url }) => url.startsWith(folder))) await keepLab();
}

// Scripts of the version before are of no use to this one, which has no page yet.
self.addEventListener('activate', (event) => event.waitUntil(forgetScripts()));

async function forgetScripts(): Promise<void> {
  const kept = await caches.open(USED_PARTS);
  const scripts = new URL('assets/', self.registration.scope).href;
  for (const { url } of await kept.keys()) if (url.startsWith(scripts) && !LAB_URLS.includes(url)) await kept.delete(url);
}

addPlugins([
  {
    // What the page has just fetched is asked for again only with its tag, not whole.
    requestWillFetch: ({ request }) =>
      Promise.resolve(request.mode === 'navigate' ? request : new Request(request, { cache: 'no-cache' })),
  },
]);
precacheAndRoute(APP, { ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();
clientsClaim();
