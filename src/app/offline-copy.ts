import { Store } from '../engine/store';

/** Whether the app works without a network. */
export type OfflineState =
  /** Not yet: its copy is being fetched, or is about to be. */
  | 'coming'
  /** Its copy is complete and serves this page. */
  | 'complete'
  /** Its copy is complete, but this page was loaded past it, as by a forced reload. */
  | 'next-load'
  /** There is no copy: none can be kept here, or not all of it could be fetched. */
  | 'none';

/** The copy of the app that the service worker keeps, seen from the page. */
export class OfflineCopy {
  readonly #workers: ServiceWorkerContainer | null;
  readonly #state: Store<OfflineState>;

  /** @param workers null where there are no service workers. */
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

  /** Has a copy kept. Where the browser refuses, the app works as before, with a network. */
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
    // It takes the open pages as it becomes active, and never later.
    if (active?.state === 'activated') this.#settle('next-load');
    else installing?.addEventListener('statechange', () => installing.state === 'redundant' && this.#settle('none'));
  }

  /** Any other outcome counts only while no copy serves the page. */
  #settle(state: OfflineState): void {
    if (this.getSnapshot() !== 'complete') this.#state.set(state);
  }
}

function serviceWorkers(): ServiceWorkerContainer | null {
  try {
    // Where storage is denied, even the container throws on access; on an insecure page there is none.
    return import.meta.env.PROD && 'serviceWorker' in navigator ? navigator.serviceWorker : null;
  } catch {
    return null;
  }
}

/** The page's own. */
export const offlineCopy = new OfflineCopy(serviceWorkers());

/** Folders of what the copy takes in only when it is used. */
const PARTS = ['assets/', 'lab/', 'models/'];

/** Asks again for what this page used before the copy served it, so that it is kept. */
function keepUsedParts(): void {
  const used = performance.getEntriesByType('resource').map(({ name }) => name);
  const parts = new Set(used.filter((url) => PARTS.some((folder) => url.startsWith(new URL(folder, document.baseURI).href))));
  // Where one does not come, it is kept when it is used again.
  for (const url of parts) void fetch(url).catch(() => undefined);
}

/** As the service worker, which nothing here imports, calls it. */
const KEEP_LAB = 'keep-lab';

/** Has the rest of the Lab kept, now that somebody is in it: each of its pages then works without a network. */
export function keepLabOffline(): void {
  void serviceWorkers()?.ready.then(({ active }) => active?.postMessage(KEEP_LAB));
}

/** Lets the app work without a network after its first load. */
export function keepOfflineCopy(): void {
  serviceWorkers()?.addEventListener('controllerchange', keepUsedParts, { once: true });
  const keep = () => void offlineCopy.keep(new URL('service-worker.js', document.baseURI));
  // After the page's own first needs.
  if (document.readyState === 'complete') keep();
  else window.addEventListener('load', keep, { once: true });
}
