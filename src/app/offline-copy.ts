import { Store } from '../engine/store';

/** Whether the app works offline. */
export type OfflineState =
  /** Not yet: the copy is being fetched or about to be. */
  | 'coming'
  /** The copy is complete and serves this page. */
  | 'complete'
  /** The copy is complete, but this page bypassed it, e.g. by a forced reload. */
  | 'next-load'
  /** There is no copy: the browser does not allow one, or fetching it failed. */
  | 'none';

/** The service worker's copy of the app, as seen from the page. */
export class OfflineCopy {
  readonly #workers: ServiceWorkerContainer | null;
  readonly #state: Store<OfflineState>;

  /** @param workers null if the browser has no service workers. */
  constructor(workers: ServiceWorkerContainer | null) {
    this.#workers = workers;
    const serves = () => workers?.controller !== null;
    this.#state = new Store<OfflineState>(workers === null ? 'none' : serves() ? 'complete' : 'coming');
    workers?.addEventListener('controllerchange', () => serves() && this.#state.set('complete'));
  }

  get subscribe() {
    return this.#state.subscribe;
  }

  get getSnapshot() {
    return this.#state.getSnapshot;
  }

  /** Registers the service worker. If the browser refuses, the app still works online. */
  async keep(script: URL): Promise<void> {
    try {
      const registration = await this.#workers?.register(script);
      if (registration) this.#follow(registration);
    } catch (error) {
      console.info('Mien will not work offline:', error);
      this.#settle('none');
    }
  }

  #follow({ active, installing }: ServiceWorkerRegistration): void {
    // A worker claims open pages only on activation, so this page will not be served by it.
    if (active?.state === 'activated') this.#settle('next-load');
    else installing?.addEventListener('statechange', () => installing.state === 'redundant' && this.#settle('none'));
  }

  /** Other outcomes count only while no copy serves the page. */
  #settle(state: OfflineState): void {
    if (this.getSnapshot() !== 'complete') this.#state.set(state);
  }
}

function serviceWorkers(): ServiceWorkerContainer | null {
  try {
    // With storage denied, even accessing the container throws; insecure contexts have none.
    return import.meta.env.PROD && 'serviceWorker' in navigator ? navigator.serviceWorker : null;
  } catch {
    return null;
  }
}

/** The page's instance. */
export const offlineCopy = new OfflineCopy(serviceWorkers());

/** Folders of files that are cached on use. */
const PARTS = ['assets/', 'lab/', 'models/'];

/** Refetches files that this page loaded before the worker controlled it, so that they are cached. */
function keepUsedParts(): void {
  const used = performance.getEntriesByType('resource').map(({ name }) => name);
  const parts = new Set(used.filter((url) => PARTS.some((folder) => url.startsWith(new URL(folder, document.baseURI).href))));
  // A file that fails is cached on its next use.
  for (const url of parts) void fetch(url).catch(() => undefined);
}

/** Message name, repeated in the service worker, which the page does not import. */
const KEEP_LAB = 'keep-lab';

/** Caches the rest of the Lab when someone enters it, so that each of its pages works offline. */
export function keepLabOffline(): void {
  void serviceWorkers()?.ready.then(({ active }) => active?.postMessage(KEEP_LAB));
}

/** Makes the app work offline after its first load. */
export function keepOfflineCopy(): void {
  serviceWorkers()?.addEventListener('controllerchange', keepUsedParts, { once: true });
  const keep = () => void offlineCopy.keep(new URL('service-worker.js', document.baseURI));
  // Waits until the page itself has loaded.
  if (document.readyState === 'complete') keep();
  else window.addEventListener('load', keep, { once: true });
}
