import { EXPRESSIONS, dominant, toProbabilities } from '../../src/engine/labels';
import type { ClassifiedFace, FrameResult } from '../../src/engine/types';
import { bytesOf, type ObservationColumns } from '../../src/session/observation-columns';
import { ObservationStore } from '../../src/session/observation-store';
import { PeopleIndex } from '../../src/session/people-index';
import { SessionArchive } from '../../src/session/session-archive';
import type { SessionInfo } from '../../src/session/session-info';
import { paintTimeline, plotOf } from '../../src/app/results/timeline-painter';
import { bridgedMs, clockTicks, type Span } from '../../src/app/results/timeline-view';
import { sessionFile, type SessionFileKind } from '../../src/app/files/session-file';

const HOUR_MS = 3_600_000;
const FRAME_MS = 1000 / 30;
const FACES = 2;
const SIZE = { width: 640, height: 480 };
/** As in ui/results. */
const POINTS = 400;
const LONGEST_TASK_MS = 12;
const BATCH_FRAMES = 15;
const REDRAWS = 40;

export interface Turns {
  readonly totalMs: number;
  /** Longest time during which nothing else could run. */
  readonly longestMs: number;
}

export interface SessionBench {
  /** Fills a store with an hour of observations. */
  fill(): { readonly frames: number; readonly rows: number; readonly columnBytes: number; readonly appendUs: number };
  /** Computes everyone's statistics, yielding as the app does. */
  index(): Promise<Turns>;
  /** Median and 95th percentile of drawing a span of one person's curves, including pixel readback, ms. */
  redraw(spanMs: number, unit: number): { readonly p50Ms: number; readonly p95Ms: number };
  export(kind: SessionFileKind): Promise<Turns & { readonly bytes: number }>;
  /** Journals the first minutes, half a second per batch, and loads them. */
  journal(minutes: number): Promise<{ readonly appendP50Ms: number; readonly appendP95Ms: number; readonly bytes: number; readonly load: Turns }>;
}

declare global {
  interface Window {
    sessions: SessionBench;
  }
}

let store = new ObservationStore(0);
let people = new PeopleIndex(store);

const quantile = (values: readonly number[], q: number) => [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? NaN;

/** Slow changes with some noise, like smoothed probabilities. */
function faceAt(ms: number, track: number): ClassifiedFace {
  const weights = EXPRESSIONS.map((_e, i) => Math.exp(3 * Math.sin(ms / (1500 + 700 * i) + track + i) + Math.random()));
  const sum = weights.reduce((a, b) => a + b);
  const smoothed = toProbabilities(weights.map((weight) => weight / sum));
  const point = { x: 100, y: 100 };
  return {
    ...{ status: 'classified', track, appearance: null, box: { x: 100 * track, y: 100, width: 90, height: 90 }, score: 0.9, concerns: [], uncertain: false },
    keypoints: { rightEye: point, leftEye: point, noseTip: point, mouthCenter: point, rightEarTragion: point, leftEarTragion: point },
    ...{ crop: { center: point, side: 100, rollDeg: 0 }, headPose: { yawDeg: 1, pitchDeg: 2, rollDeg: 3 } },
    ...{ raw: smoothed, smoothed, ...dominant(smoothed) },
  };
}

function frameAt(ms: number): FrameResult {
  const faces = Array.from({ length: FACES }, (_, i) => faceAt(ms, i + 1));
  return { frame: SIZE, timestampMs: ms, faces, timings: { detectMs: 1, cropMs: 1, classifyMs: 1, totalMs: 3 }, backends: ['wasm'] };
}

/** Runs `work`, and measures the longest time during which nothing else could run. */
async function inTurns<T>(work: () => Promise<T>): Promise<{ turns: Turns; value: T }> {
  let longestMs = 0;
  let lastMs = performance.now();
  let over = false;
  const channel = new MessageChannel();
  const beat = () => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
    if (!over) channel.port1.postMessage(null);
  };
  channel.port2.onmessage = beat;
  channel.port1.postMessage(null);
  const startedMs = performance.now();
  const value = await work();
  over = true;
  beat();
  channel.port1.close();
  return { turns: { totalMs: performance.now() - startedMs, longestMs }, value };
}

function infoOf(id: string): SessionInfo {
  const { frames, framesWithFaces } = store.getSnapshot();
  return {
    ...{ id, kind: 'webcam', name: id, startedAtMs: Date.now(), durationMs: HOUR_MS, frame: SIZE, frames, framesWithFaces },
    ...{ model: { id: 'bench', version: '0', sha256: '' }, reading: null, skippedFrames: 0, markers: [], people: [], state: 'complete' },
  };
}

/** The first minutes of the hour, in the batches of a journal. */
function batchesOf(minutes: number): ObservationColumns[] {
  const growing = new ObservationStore();
  const batches: ObservationColumns[] = [];
  let written = 0;
  for (let ms = 0; ms < minutes * 60_000; ms += FRAME_MS) {
    growing.append(frameAt(ms));
    const { frames } = growing.getSnapshot();
    if (frames - written < BATCH_FRAMES) continue;
    batches.push(...growing.columnsFrom(written));
    written = frames;
  }
  return batches;
}

window.sessions = {
  fill() {
    store = new ObservationStore();
    let appendMs = 0;
    const frames = Math.round(HOUR_MS / FRAME_MS);
    for (let i = 0; i < frames; i++) {
      const frame = frameAt(i * FRAME_MS);
      const before = performance.now();
      store.append(frame);
      appendMs += performance.now() - before;
    }
    const columnBytes = store.columnsFrom(0).reduce((sum, columns) => sum + bytesOf(columns), 0);
    return { frames, rows: frames * FACES, columnBytes, appendUs: (1000 * appendMs) / frames };
  },

  async index() {
    people = new PeopleIndex(store);
    const { turns } = await inTurns(async () => {
      while (!people.advance(LONGEST_TASK_MS)) await new Promise((resolve) => setTimeout(resolve));
    });
    return turns;
  },

  redraw(spanMs, unit) {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 1200 * unit, height: 192 * unit });
    const context = canvas.getContext('2d');
    const series = people.series(1);
    if (!context || !series) throw new Error('nothing to draw');
    const style = { scheme: 'light', text: '#555', grid: '#ddd', surface: '#fff', signs: false, unit } as const;
    const times: number[] = [];
    for (let i = 0; i < REDRAWS; i++) {
      const fromMs = ((HOUR_MS - spanMs) * i) / REDRAWS;
      const view: Span = { fromMs, toMs: fromMs + spanMs };
      const before = performance.now();
      const curves = series.read(view.fromMs, view.toMs, POINTS);
      const ticks = clockTicks(view, plotOf({ width: 1200, height: 192 }).width);
      const bridgedBuckets = Math.ceil(bridgedMs(FRAME_MS) / curves.bucketMs);
      paintTimeline(context, canvas, curves, { ...view, ticks, bridgedBuckets, peaks: curves.bucketMs >= 4 * FRAME_MS, markersMs: [] }, style);
      // Before the readback, drawing may only have been queued.
      context.getImageData(0, 0, 1, 1);
      times.push(performance.now() - before);
    }
    return { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) };
  },

  async export(kind) {
    const { turns, value } = await inTurns(() => sessionFile(infoOf('export'), store, kind));
    return { ...turns, bytes: value.size };
  },

  async journal(minutes) {
    const archive = new SessionArchive();
    const info = infoOf('journal');
    const batches = batchesOf(minutes);
    await archive.create(info);
    const times: number[] = [];
    for (const batch of batches) {
      const before = performance.now();
      await archive.append(info.id, [batch], info, new Map());
      times.push(performance.now() - before);
    }
    const { turns, value } = await inTurns(() => archive.load(info.id));
    await archive.deleteAll();
    await archive.close();
    return { appendP50Ms: quantile(times, 0.5), appendP95Ms: quantile(times, 0.95), bytes: value.info.bytes, load: turns };
  },
};
