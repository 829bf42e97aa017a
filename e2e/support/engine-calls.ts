import type { Page } from '@playwright/test';
import { READING_MS } from './app';

/** One call of the page to its engine's worker. Times are the page's clock, ms; Infinity: not answered yet. */
export interface EngineCall {
  readonly name: string;
  readonly sentMs: number;
  readonly answeredMs: number;
  /** Whether it succeeded, and the raw probabilities of every classified face, seven each. */
  readonly answer: { readonly ok: boolean; readonly raw: readonly (readonly number[])[] } | null;
}

declare global {
  interface Window {
    engineCalls: EngineCall[];
  }
}

export interface CallWatch {
  list(): Promise<EngineCall[]>;
  /** Waits for this many calls of this name since the start. */
  sent(name: string, count: number): Promise<void>;
  /** Waits for this many answers to calls of this name since the start. */
  answered(name: string, count: number): Promise<void>;
}

/** Intercepts messages between the page and its workers (comlink's). Call before opening the page. */
export async function watchCalls(page: Page): Promise<CallWatch> {
  await page.addInitScript(() => {
    type Told = { readonly id: string; readonly path?: readonly string[] };
    type Reply = { readonly ok: boolean; readonly value?: { readonly faces?: readonly { readonly raw?: Record<string, number> }[] } };
    const calls: EngineCall[] = [];
    window.engineCalls = calls;
    const RealWorker = window.Worker;
    window.Worker = class extends RealWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        const open = new Map<string, number>();
        const post = this.postMessage.bind(this) as (...content: unknown[]) => void;
        this.postMessage = (message: Told, ...rest: unknown[]) => {
          const name = message.path?.[0];
          if (name !== undefined) open.set(message.id, calls.push({ name, sentMs: performance.now(), answeredMs: Infinity, answer: null }) - 1);
          post(message, ...rest);
        };
        this.addEventListener('message', ({ data }: MessageEvent<{ id: string; value?: Reply }>) => {
          const index = open.get(data.id);
          const call = index === undefined ? undefined : calls[index];
          if (index === undefined || !call) return;
          const raw = (data.value?.value?.faces ?? []).flatMap((face) => (face.raw ? [Object.values(face.raw)] : []));
          calls[index] = { ...call, answeredMs: performance.now(), answer: { ok: data.value?.ok ?? false, raw } };
        });
      }
    };
  });
  const until = (name: string, answered: boolean, least: number) =>
    page
      .waitForFunction(
        ([wanted, only, n]) => window.engineCalls.filter((call) => call.name === wanted && (!only || call.answer)).length >= n,
        [name, answered, least] as const,
        { timeout: READING_MS },
      )
      .then(() => undefined);
  return {
    list: () => page.evaluate(() => window.engineCalls),
    sent: (name, least) => until(name, false, least),
    answered: (name, least) => until(name, true, least),
  };
}
