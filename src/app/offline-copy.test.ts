import { describe, expect, it, vi } from 'vitest';
import { OfflineCopy, type OfflineState } from './offline-copy';

const SCRIPT = new URL('https://mien.test/service-worker.js');

class FakeWorker extends EventTarget {
  state: ServiceWorkerState;

  constructor(state: ServiceWorkerState) {
    super();
    this.state = state;
  }

  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

interface FakeRegistration {
  readonly active: FakeWorker | null;
  readonly installing: FakeWorker | null;
}

class FakeWorkers extends EventTarget {
  controller: FakeWorker | null = null;
  readonly #registration: FakeRegistration | null;

  /** @param registration null if the browser refuses. */
  constructor(registration: FakeRegistration | null) {
    super();
    this.#registration = registration;
  }

  register(): Promise<FakeRegistration> {
    return this.#registration ? Promise.resolve(this.#registration) : Promise.reject(new DOMException('denied', 'SecurityError'));
  }

  serve(worker: FakeWorker): void {
    this.controller = worker;
    this.dispatchEvent(new Event('controllerchange'));
  }
}

function seenOf(workers: FakeWorkers): { readonly copy: OfflineCopy; readonly seen: OfflineState[] } {
  const copy = new OfflineCopy(workers as unknown as ServiceWorkerContainer);
  const seen: OfflineState[] = [];
  const see = () => seen.push(copy.getSnapshot());
  see();
  copy.subscribe(see);
  return { copy, seen };
}

describe('OfflineCopy', () => {
  it('is coming until it serves the page', async () => {
    const worker = new FakeWorker('installing');
    const workers = new FakeWorkers({ active: null, installing: worker });
    const { copy, seen } = seenOf(workers);
    await copy.keep(SCRIPT);
    worker.become('installed');
    worker.become('activated');
    expect(seen).toEqual(['coming']);
    workers.serve(worker);
    expect(seen).toEqual(['coming', 'complete']);
  });

  it('is none in browsers without service workers', async () => {
    const copy = new OfflineCopy(null);
    await copy.keep(SCRIPT);
    expect(copy.getSnapshot()).toBe('none');
  });

  it('is none if the browser refuses it, or if it is incomplete', async () => {
    vi.spyOn(console, 'info').mockReturnValue();
    const refused = seenOf(new FakeWorkers(null));
    await refused.copy.keep(SCRIPT);
    expect(refused.seen).toEqual(['coming', 'none']);

    const worker = new FakeWorker('installing');
    const cut = seenOf(new FakeWorkers({ active: null, installing: worker }));
    await cut.copy.keep(SCRIPT);
    worker.become('redundant');
    expect(cut.seen).toEqual(['coming', 'none']);
  });

  it('serves from the next load on after a forced reload', async () => {
    const { copy, seen } = seenOf(new FakeWorkers({ active: new FakeWorker('activated'), installing: null }));
    await copy.keep(SCRIPT);
    expect(seen).toEqual(['coming', 'next-load']);
  });

  it.each([null, { active: new FakeWorker('activated'), installing: null }])('stays complete if it serves already, whatever a new registration gives', async (registration) => {
    vi.spyOn(console, 'info').mockReturnValue();
    const workers = new FakeWorkers(registration);
    workers.controller = new FakeWorker('activated');
    const { copy, seen } = seenOf(workers);
    await copy.keep(SCRIPT);
    expect(seen).toEqual(['complete']);
  });
});
