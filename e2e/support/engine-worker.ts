import type { Page, Worker } from './test';

/** The engine's worker, which finds faces, that of its networks, which reads them, or that of a video being written. */
export async function engineWorker(page: Page, name: 'mien-engine' | 'mien-networks' | 'mien-video' = 'mien-engine'): Promise<Worker> {
  for (const worker of page.workers()) {
    // Other workers, e.g. the one that measures a backend, may end during the query.
    if ((await worker.evaluate(() => self.name).catch(() => null)) === name) return worker;
  }
  throw new Error(`no worker is called ${name}`);
}
