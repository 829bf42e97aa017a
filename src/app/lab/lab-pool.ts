import { LabClient } from '../../lab/lab-client';
import { ASSET_BASE } from './lab-worker';

/** Lab workers for one run, up to one per core; cancellation ends them. */
export class LabPool {
  readonly #clients: readonly LabClient[];

  /** @param most number of jobs, an upper limit for the number of workers. */
  constructor(most: number, signal: AbortSignal) {
    const count = Math.max(1, Math.min(navigator.hardwareConcurrency, most));
    this.#clients = Array.from({ length: count }, () => new LabClient(ASSET_BASE()));
    signal.addEventListener('abort', () => this.dispose());
  }

  get size(): number {
    return this.#clients.length;
  }

  /** A worker for queries before the jobs start. */
  get lead(): LabClient {
    const [lead] = this.#clients;
    if (!lead) throw new RangeError('a pool has a worker');
    return lead;
  }

  /** Distributes the jobs among the workers. Rejects with the first failure. */
  async each<T>(jobs: readonly T[], work: (client: LabClient, job: T) => Promise<void>): Promise<void> {
    let next = 0;
    await Promise.all(
      this.#clients.map(async (client) => {
        for (let at = next++; at < jobs.length; at = next++) await work(client, jobs[at] as T);
      }),
    );
  }

  dispose(): void {
    for (const client of this.#clients) client.dispose();
  }
}

/** Splits a list into parts of at most `size`. */
export function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}
