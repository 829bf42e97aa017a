import type { Browser } from '@playwright/test';

/** A task of over 50 ms on the page's main thread. */
export interface LongTask {
  /** Wall-clock duration, ms. */
  readonly wallMs: number;
  /** CPU time of the thread, ms; for the rest, other threads had the cores. */
  readonly ownMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const LONG_US = 50_000;

/** Watches the main threads of all pages of a browser; the returned function stops watching and returns their long tasks. */
export async function watchLongTasks(browser: Browser): Promise<() => Promise<LongTask[]>> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) if (event.ph === 'M' || (event.dur ?? 0) > LONG_US) events.push(event);
  });
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel'] } });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    return longTasks(events);
  };
}

function longTasks(events: readonly TraceEvent[]): LongTask[] {
  const isNameOfMain = ({ ph, name, args }: TraceEvent) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain';
  const mains = new Set(events.filter(isNameOfMain).map(({ pid, tid }) => `${pid} ${tid}`));
  return events
    .filter(({ ph, name, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && mains.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1000, ownMs: tdur / 1000 }));
}
