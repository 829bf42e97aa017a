import { MienError } from '../engine/errors';
import type { FrameResult, LiveFrame, OnGlance, StreamOptions } from '../engine/types';
import type { Connection, OnDownloads } from './connection';

/** Milliseconds per face on the serving backend. */
export const SERVING_MS = 10;

/** A worker that answers on demand. Node has no browser-style workers; e2e tests use real ones. */
export class StandIn {
  readonly life = new AbortController();
  /** Resolvers of live frames in flight, oldest first. */
  readonly inFlight: ((result: FrameResult) => void)[] = [];
  /** Calls received, in order: frames and resets. */
  readonly log: string[] = [];
  starts = true;
  /** False: the worker stops answering, and no event reports it. */
  lives = true;
  /** False: the browser refuses the lock. */
  grantsLocks = true;
  /** If set, starting fails with this error. */
  fault: MienError | null = null;
  downloads: OnDownloads | null = null;
  endStill: () => void = () => undefined;
  glance: OnGlance | null = null;

  readonly connection: Connection = {
    place: 'worker',
    gone: this.life.signal,
    close: () => this.life.abort(new MienError('engine', 'worker-died')),
    workers: ['engine', 'networks'].map((worker) => ({
      holdLock: (name: string) => {
        this.log.push(`${worker} holds ${name}`);
        return Promise.resolve(this.grantsLocks ? { ok: true, value: null } : { ok: false, error: new MienError('engine', 'unknown').toPlain() });
      },
      ping: () => (this.lives ? Promise.resolve(null) : new Promise(() => undefined)),
      fetchScript: () => Promise.resolve(),
    })),
    start: (_, onDownloads) => {
      this.downloads = onDownloads;
      if (this.fault) return Promise.resolve({ ok: false, error: this.fault.toPlain() });
      return this.starts ? Promise.resolve({ ok: true, value: null }) : new Promise(() => undefined);
    },
    engine: {
      analyzeLive: (_: LiveFrame, timestampMs: number, stream: StreamOptions) => {
        this.log.push(`${stream.name} ${timestampMs}`);
        return new Promise((resolve) => this.inFlight.push((value) => resolve({ ok: true, value })));
      },
      analyzeStill: (_: ImageBitmap, onGlance: OnGlance | null) =>
        new Promise((resolve) => {
          this.glance = onGlance;
          this.log.push('still');
          this.endStill = () => resolve({ ok: false, error: new MienError('engine', 'unknown', 'AbortError').toPlain() });
        }),
      abortStill: () => {
        this.log.push('abort still');
        this.endStill();
        return Promise.resolve();
      },
      resetLive: (name: string) => {
        this.log.push(`reset ${name}`);
        return Promise.resolve({ ok: true, value: null });
      },
    } as unknown as Connection['engine'],
    networks: {
      health: () => Promise.resolve({ ok: true, value: { backend: 'wasm', backends: [] } }),
      measure: () => {
        this.log.push('measure');
        return Promise.resolve({ ok: true, value: SERVING_MS });
      },
      changeBackend: (name: string) => {
        this.log.push(`change to ${name}`);
        return Promise.resolve({ ok: true, value: { backend: name, backends: [] } });
      },
    } as unknown as Connection['networks'],
  };
}
