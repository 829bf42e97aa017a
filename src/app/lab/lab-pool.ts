import { LabClient } from '../../lab/lab-client';
import { ASSET_BASE } from './lab-worker';

/** Workers of the Lab for one run, as many as there are cores; they end with its cancellation. */
export class LabPool {
  readonly #clients: readonly LabClient[];

  /** @param most as many workers as there is work for. */
  constructor(most: number, signal: AbortSignal) {
    const count = Math.max(1, Math.min(navigator.hardwareConcurrency, most));
    this.#clients = Array.from({ length: count }, () => new LabClient(ASSET_BASE()));
    signal.addEventListener('abort', () => this.dispose());
  }

  get size(): number {
    return this.#clients.length;
  }

  /** One of them, to ask before the others begin. */
  get lead(): LabClient {
    const [lead] = this.#clients;
    if (!lead) throw new RangeError('a pool has a worker');
    return lead;
  }

  /** Does all jobs, each by the next free worker. Rejects with the first failure. */
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

/** Parts of a list, each of at most `size`. */
export function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

/** Answers to the parts of a list, as to the whole. */
export function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
