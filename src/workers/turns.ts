import { nextTask } from '../engine/next-task';

/** The right to run, from a `Turns` queue. */
export interface Turn {
  /** Lets those who wait run, and what has arrived in the worker's mailbox be heard; resolves when it is this one's turn again. */
  pause(meanwhile?: Promise<unknown>): Promise<void>;
}

/** One piece of work at a time, in the order in which they came; long work may let others in between. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  async run<T>(work: (turn: Turn) => T | Promise<T>): Promise<T> {
    let end = await this.#take();
    const turn: Turn = {
      pause: async (meanwhile = nextTask()) => {
        end();
        try {
          await meanwhile;
        } finally {
          end = await this.#take();
        }
      },
    };
    try {
      return await work(turn);
    } finally {
      end();
    }
  }

  /** Resolves when all that came before has ended, to what ends this one. */
  async #take(): Promise<() => void> {
    const before = this.#last;
    let end: () => void = () => undefined;
    this.#last = new Promise((resolve) => (end = resolve));
    await before;
    return end;
  }
}
