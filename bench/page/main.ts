import type { StageTimings } from '../../src/engine/types';
import { quantile } from '../speed';
import { detectorAlone, faceApi, firstGlance, human, mien, type Contestant } from './contestants';

export interface Measured {
  readonly name: string;
  readonly backend: string;
  readonly scene: string;
  /** One for each frame. */
  readonly timesMs: readonly number[];
  /** Mean number of faces with expressions per frame. */
  readonly faces: number;
  /** Median times of a frame's stages; null if the system does not report them. The rest of the time is transfer. */
  readonly stages: StageTimings | null;
}

export interface Soak {
  readonly frames: number;
  readonly tensorsBefore: number;
  readonly tensorsAfter: number;
}

/** Warm-up frames of each scene, not counted. */
const WARM_FRAMES = 6;

export type FirstResultOf = 'mien' | 'human' | 'face-api' | 'detector';

export interface BenchApi {
  /** Chooses each system's faster backend, then measures all systems frame by frame, cycling through all orders. */
  compare(scenes: Record<string, string[]>, frames: number): Promise<Measured[]>;
  /** Time from the start of the navigation to one system's first result, ms. Requires a fresh page. */
  firstResult(system: FirstResultOf, picture: string): Promise<number>;
  /** Loads Mien, runs it over a scene's frames, and keeps it running for the next call. */
  soak(pictures: string[], frames: number): Promise<Soak>;
}

declare global {
  interface Window {
    bench: BenchApi;
  }
}

async function canvases(pictures: string[]): Promise<HTMLCanvasElement[]> {
  return Promise.all(
    pictures.map(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas;
    }),
  );
}

function stages(timings: readonly StageTimings[]): StageTimings | null {
  if (timings.length === 0) return null;
  const median = (stage: keyof StageTimings) => quantile(timings.map((t) => t[stage]), 0.5);
  return { detectMs: median('detectMs'), cropMs: median('cropMs'), classifyMs: median('classifyMs'), totalMs: median('totalMs') };
}

/** All permutations of the contestants, so that the caches and background work left by one affect the others equally. */
function orders<T>(all: readonly T[]): T[][] {
  if (all.length <= 1) return [[...all]];
  return all.flatMap((one, i) => orders(all.toSpliced(i, 1)).map((rest) => [one, ...rest]));
}

/** Creates a system on its faster backend, by the best of four frames. */
async function faster(make: ((backend: 'wasm' | 'webgl') => Promise<Contestant>), frame: HTMLCanvasElement): Promise<Contestant> {
  let best: { backend: 'wasm' | 'webgl'; ms: number } | null = null;
  for (const backend of ['webgl', 'wasm'] as const) {
    const tried = await make(backend);
    const times: number[] = [];
    for (let i = 0; i < 4; i++) {
      const from = performance.now();
      await tried.run(frame, i * 33);
      times.push(performance.now() - from);
    }
    await tried.dispose();
    // A software renderer keeps working after the last result was read.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const ms = Math.min(...times);
    if (tried.backend === backend && (best === null || ms < best.ms)) best = { backend, ms };
  }
  if (best === null) throw new Error('no backend works');
  return make(best.backend);
}

let soaked: Contestant | null = null;

window.bench = {
  async compare(scenes, frames) {
    const loaded = await Promise.all(
      Object.entries(scenes).map(async ([scene, pictures]) => ({ scene, frames: await canvases(pictures) })),
    );
    const first = loaded[0]?.frames[0];
    if (!first) throw new Error('no scene');
    const contestants = [await faster(mien, first), await faster(human, first), await faster(faceApi, first)];
    const turns = orders(contestants);
    const results: Measured[] = [];
    let clock = 1000;
    for (const { scene, frames: pictures } of loaded) {
      const seen = new Map(contestants.map((c) => [c, { timesMs: [] as number[], faces: 0, timings: [] as StageTimings[] }]));
      for (let i = -WARM_FRAMES; i < frames; i++) {
        const frame = pictures[(i + WARM_FRAMES) % pictures.length] ?? first;
        clock += 33;
        for (const contestant of turns[(i + WARM_FRAMES) % turns.length] ?? []) {
          const from = performance.now();
          const found = await contestant.run(frame, clock);
          const tookMs = performance.now() - from;
          const own = seen.get(contestant);
          if (i < 0 || !own) continue;
          own.timesMs.push(tookMs);
          own.faces += found.faces / frames;
          if (found.timings) own.timings.push(found.timings);
        }
        // Yields like a live page, so that no system pays for another's garbage collection.
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      for (const [{ name, backend }, { timesMs, faces, timings }] of seen) results.push({ name, backend, scene, timesMs, faces, stages: stages(timings) });
    }
    await Promise.all(contestants.map((c) => c.dispose()));
    return results;
  },

  async firstResult(system, picture) {
    const photo = canvases([picture]).then(([canvas]) => canvas ?? Promise.reject(new Error('no picture')));
    const after = async (make: () => Promise<Contestant>) => {
      const [contestant, canvas] = await Promise.all([make(), photo]);
      return contestant.run(canvas, 0);
    };
    const first = {
      mien: () => firstGlance(photo),
      human: () => after(() => human('wasm')),
      'face-api': () => after(() => faceApi('wasm')),
      detector: () => after(detectorAlone),
    };
    const { faces } = await first[system]();
    if (faces !== 1) throw new Error(`${system} did not read the face`);
    return performance.now();
  },

  async soak(pictures, frames) {
    soaked ??= await mien('wasm');
    const loaded = await canvases(pictures);
    const run = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const frame = loaded[i % loaded.length];
        if (frame) await soaked?.run(frame, performance.now());
      }
    };
    await run(20);
    const tensorsBefore = await soaked.tensors();
    await run(frames);
    return { frames, tensorsBefore, tensorsAfter: await soaked.tensors() };
  },
};
