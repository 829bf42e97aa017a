import type { StageTimings } from '../../engine/types';

/** Contents of the performance panel. Rates are per second, times are medians in ms over the window. */
export interface PerformanceReading {
  /** Frames that the camera delivered. */
  readonly cameraRate: number;
  /** Frames that were analysed. */
  readonly analysisRate: number;
  /** Camera frames since the start that were shown but not analysed. */
  readonly droppedFrames: number;
  readonly detectMs: number;
  readonly cropMs: number;
  readonly classifyMs: number;
  /** From the camera's frame to its result, including copies and waits. */
  readonly latencyMs: number;
}

const WINDOW_MS = 3000;

interface Shown {
  readonly atMs: number;
  readonly count: number;
}

interface Analysed {
  readonly atMs: number;
  readonly timings: StageTimings;
  readonly latencyMs: number;
}

function median(values: number[]): number {
  if (values.length === 0) return 0;
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Counts frames and measures times over the last three seconds. */
export class PerformanceMeter {
  #shown: Shown[] = [];
  #analysed: Analysed[] = [];
  #totalShown = 0;
  #totalTaken = 0;
  #startMs: number | null = null;

  /** Reports that the camera showed `count` frames, the last one at `atMs`. */
  show(atMs: number, count: number): void {
    this.#startMs ??= atMs;
    this.#totalShown += count;
    this.#shown.push({ atMs, count });
    this.#trim(atMs);
  }

  /** Reports that one of them was sent to the engine. */
  take(): void {
    this.#totalTaken++;
  }

  /** Reports its result, which arrived at `atMs`. */
  finish(atMs: number, frameMs: number, timings: StageTimings): void {
    this.#analysed.push({ atMs, timings, latencyMs: atMs - frameMs });
  }

  read(nowMs: number): PerformanceReading {
    this.#trim(nowMs);
    const spanS = Math.min(WINDOW_MS, Math.max(500, nowMs - (this.#startMs ?? nowMs))) / 1000;
    const of = (pick: (entry: Analysed) => number) => median(this.#analysed.map(pick));
    return {
      cameraRate: this.#shown.reduce((sum, { count }) => sum + count, 0) / spanS,
      analysisRate: this.#analysed.length / spanS,
      // The newest frame may not have been sent yet.
      droppedFrames: Math.max(0, this.#totalShown - this.#totalTaken - 1),
      detectMs: of(({ timings }) => timings.detectMs),
      cropMs: of(({ timings }) => timings.cropMs),
      classifyMs: of(({ timings }) => timings.classifyMs),
      latencyMs: of(({ latencyMs }) => latencyMs),
    };
  }

  reset(): void {
    this.#shown = [];
    this.#analysed = [];
    this.#totalShown = 0;
    this.#totalTaken = 0;
    this.#startMs = null;
  }

  #trim(nowMs: number): void {
    const oldest = nowMs - WINDOW_MS;
    if ((this.#shown[0]?.atMs ?? nowMs) < oldest) this.#shown = this.#shown.filter(({ atMs }) => atMs >= oldest);
    if ((this.#analysed[0]?.atMs ?? nowMs) < oldest) this.#analysed = this.#analysed.filter(({ atMs }) => atMs >= oldest);
  }
}
