/** Maximum number of lines: enough for the minutes before a failure. */
const CAPACITY = 200;

export interface LogLine {
  /** Unix time, ms. */
  readonly atMs: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** Recent events, in memory only: a ring buffer. Holds no pictures and no results. */
export class Log {
  #lines: LogLine[] = [];

  info(text: string): void {
    this.#add('info', text);
  }

  warn(text: string): void {
    this.#add('warning', text);
  }

  error(text: string): void {
    this.#add('error', text);
  }

  /** The newest lines, oldest first. */
  last(count: number): readonly LogLine[] {
    return this.#lines.slice(-count);
  }

  #add(level: LogLine['level'], text: string): void {
    this.#lines.push({ atMs: Date.now(), level, text });
    if (this.#lines.length > CAPACITY) this.#lines = this.#lines.slice(-CAPACITY / 2);
  }
}

/** The log of this page, or of this worker. */
export const log = new Log();
