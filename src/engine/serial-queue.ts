import { yieldToEventLoop } from './yield-to-event-loop';

/** The right to run, held by one job of a `SerialQueue`. */
export interface Turn {
  /** Lets waiting jobs and queued messages run first, and `meanwhile` if given; resolves when it is this job's turn again. */
  pause(meanwhile?: Promise<unknown>): Promise<void>;
}

/** Runs one job at a time, in the order in which they were added; the first one at once. A long job may yield to others. */
export class SerialQueue {
  readonly #waiting: (() => void)[] = [];
  #running = false;
  #unsettled = 0;

  /** Whether no job is running or waiting. */
  get isIdle(): boolean {
    return this.#unsettled === 0;
  }

  async add<T>(work: (turn: Turn) => T | Promise<T>): Promise<T> {
    this.#unsettled++;
    if (this.#running) await this.#take();
    this.#running = true;
    try {
      return await work({ pause: (meanwhile = yieldToEventLoop()) => this.#pause(meanwhile) });
    } finally {
      this.#unsettled--;
      this.#pass();
    }
  }

  /** Resolves when the jobs added so far have settled. */
  settled(): Promise<void> {
    return this.add(() => undefined);
  }

  async #pause(meanwhile: Promise<unknown>): Promise<void> {
    this.#pass();
    try {
      await meanwhile;
    } finally {
      if (this.#running) await this.#take();
      this.#running = true;
    }
  }

  #take(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Passes the turn on. It stays taken between two jobs, so that none can overtake. */
  #pass(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running = false;
  }
}
