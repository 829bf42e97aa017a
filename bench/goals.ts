import type { AppCost } from './app';
import type { Measured } from './page/main';
import { inWords, quantile, ratioOf, type Ratio } from './speed';

/** Measurements of one run. */
export interface Figures {
  readonly compared: readonly Measured[];
  readonly memory: {
    readonly tensorsBefore: number;
    readonly tensorsAfter: number;
    /** Collected heaps, bytes. */
    readonly heapBefore: number;
    readonly heapAfter: number;
  };
  readonly app: AppCost;
  /** First results on a bare page in the same run, ms, of Mien and of MediaPipe's detector alone, the first stage of Mien. */
  readonly cold: { readonly mien: readonly number[]; readonly detector: readonly number[] };
}

export interface Goal {
  readonly what: string;
  readonly asked: string;
  readonly measured: string;
  readonly met: boolean;
  /** Whether the bench fails if it is not met. Times are not binding, because they depend on the machine as much as on the program. */
  readonly binding: boolean;
}

/** Gzipped sizes, bytes. */
const LARGEST_INITIAL_SCRIPT = 120e3;
const LARGEST_FIRST_RESULT = 5.5e6;
/** Maximum growth of the collected heap over 1,000 frames, bytes: less than if each frame leaked its result of five faces. */
const LARGEST_GROWTH = 2e6;
const LONG_TASK_MS = 50;
const LONGEST_START_MS = 1500;
/** Maximum ratio of Mien's first result to that of the detector alone. */
const LONGEST_COLD_START = 1.1;

const median = (values: readonly number[]) => quantile(values, 0.5);
const ms = (value: number) => `${value.toFixed(1)} ms`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;

/** Ratio to the peer that is faster on these frames. */
export function besideFasterPeer(compared: readonly Measured[], scene: string): Ratio {
  const rows = compared.filter((row) => row.scene === scene);
  const own = rows.find((row) => row.name === 'mien')?.timesMs ?? [];
  const peers = rows.filter((row) => row.name !== 'mien').map((row) => ratioOf(row.timesMs, own));
  return peers.sort((a, b) => a.median - b.median)[0] ?? { median: NaN, low: NaN, high: NaN };
}

function speed(compared: readonly Measured[], scene: string, p50Ms: number, p95Ms: number | null, times: number): Goal[] {
  const own = compared.find((row) => row.scene === scene && row.name === 'mien')?.timesMs ?? [];
  const ratio = besideFasterPeer(compared, scene);
  const atMost = (what: string, asked: number, share: number): Goal => {
    const measured = quantile(own, share);
    return { what: `${scene}, ${what}`, asked: `≤ ${asked} ms`, measured: ms(measured), met: measured <= asked, binding: false };
  };
  return [
    atMost('p50', p50Ms, 0.5),
    ...(p95Ms === null ? [] : [atMost('p95', p95Ms, 0.95)]),
    { what: `${scene}, beside the faster peer`, asked: `≥ ${times} ×`, measured: inWords(ratio), met: ratio.median >= times, binding: false },
  ];
}

/** The performance goals and their results. */
export function goals({ compared, memory, app, cold }: Figures): Goal[] {
  const start = (what: string, times: readonly number[]): Goal => ({
    what: `first result, ${what} (median of ${times.length})`,
    asked: `≤ ${LONGEST_START_MS} ms`,
    measured: `${median(times).toFixed(0)} ms`,
    met: median(times) <= LONGEST_START_MS,
    binding: false,
  });
  const coldStart = median(cold.mien) / median(cold.detector);
  const growth = memory.heapAfter - memory.heapBefore;
  return [
    ...speed(compared, 'one face', 15, 25, 3.5),
    ...speed(compared, 'five faces', 35, null, 3),
    start('sample photo', app.photoMs),
    start('webcam', app.webcamMs),
    {
      what: 'first result on a bare page, beside the detector alone',
      asked: `≤ ${LONGEST_COLD_START} ×`,
      measured: `${coldStart.toFixed(2)} ×`,
      met: coldStart <= LONGEST_COLD_START,
      binding: false,
    },
    longTasks('main-thread tasks over 50 ms, from start to end', app.longTasks.map((task) => task.wallMs)),
    longTasks('the same, by what the thread itself ran of them', app.longTasks.map((task) => task.ownMs)),
    {
      what: 'initial script, gzipped',
      asked: `≤ ${LARGEST_INITIAL_SCRIPT / 1e3} kB`,
      measured: `${(app.initialScriptGzip / 1e3).toFixed(0)} kB`,
      met: app.initialScriptGzip > 0 && app.initialScriptGzip <= LARGEST_INITIAL_SCRIPT,
      binding: true,
    },
    {
      what: 'all for the first webcam result, gzipped',
      asked: `≤ ${LARGEST_FIRST_RESULT / 1e6} MB`,
      measured: megabytes(app.webcamGzip),
      met: app.webcamGzip > 0 && app.webcamGzip <= LARGEST_FIRST_RESULT,
      binding: true,
    },
    {
      what: 'tensors over 1,000 frames',
      asked: 'flat',
      measured: `${memory.tensorsBefore} → ${memory.tensorsAfter}`,
      met: memory.tensorsAfter === memory.tensorsBefore,
      binding: true,
    },
    {
      what: 'collected heap over 1,000 frames',
      asked: `+ ${LARGEST_GROWTH / 1e6} MB at most`,
      measured: `${megabytes(memory.heapBefore)} → ${megabytes(memory.heapAfter)}`,
      met: growth <= LARGEST_GROWTH,
      binding: true,
    },
  ];
}

/** If all cores are busy, as during startup, tasks are preempted: only the thread's own time depends on the code. */
function longTasks(what: string, ms: readonly number[]): Goal {
  const over = ms.filter((time) => time > LONG_TASK_MS);
  const longest = Math.max(0, ...ms);
  return { what, asked: 'none', measured: `${over.length}, the longest ${longest.toFixed(0)} ms`, met: over.length === 0, binding: false };
}
