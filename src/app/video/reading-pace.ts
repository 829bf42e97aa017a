import { Store } from '../../engine/store';
import type { ClipPart } from '../../reading/clip-reading';
import { settingsStore } from '../settings';

const KEY = 'mien.reading-pace';
/** Fewest frames for a reliable pace. */
const LEAST_FRAMES = 5;
/** Largest ratio of pixel counts for which times are comparable. */
const LIKE_SIZE = 2.5;

/** Parameters known in advance that determine the time per frame on a device. */
export interface AskedPace extends Pick<ClipPart, 'search' | 'framesPerSecond'> {
  /** Pixels per picture. */
  readonly pixels: number;
}

interface Pace {
  readonly msPerFrame: number;
  readonly pixels: number;
}

/** The latest pace of each engine, search and rate. */
type Paces = Readonly<Record<string, Pace>>;

/** Measures the time between frames of one reading, excluding pauses, left-out frames and the wait for the first frame. */
export class PaceMeter {
  #frames = 0;
  #takenMs = 0;
  #newestMs: number | null = null;

  /** @param isUsual false for frames that do not represent the pace: left out, or in progress when the reading paused. */
  add(nowMs: number, isUsual = true): void {
    if (!isUsual) {
      this.#newestMs = null;
      return;
    }
    if (this.#newestMs !== null) {
      this.#frames++;
      this.#takenMs += nowMs - this.#newestMs;
    }
    this.#newestMs = nowMs;
  }

  /** Null with too few frames. */
  get msPerFrame(): number | null {
    return this.#frames >= LEAST_FRAMES ? this.#takenMs / this.#frames : null;
  }
}

/** How fast this device has read clips, stored in this browser. */
export class ReadingPaces {
  readonly #store: Store<Paces>;
  readonly #open: () => Pick<Storage, 'getItem' | 'setItem'>;
  #engine = '';

  /** @param open may throw, e.g. if storage is denied. */
  constructor(open: () => Pick<Storage, 'getItem' | 'setItem'>) {
    this.#open = open;
    this.#store = new Store(read(open));
  }

  get subscribe() {
    return this.#store.subscribe;
  }

  get getSnapshot() {
    return this.#store.getSnapshot;
  }

  /** Network and backend in use, as each has its own pace. */
  get engine(): string {
    return this.#engine;
  }

  set engine(engine: string) {
    if (engine === this.#engine) return;
    this.#engine = engine;
    // Notifies listeners: expectations have changed.
    this.#store.set({ ...this.#store.getSnapshot() });
  }

  note(asked: AskedPace, msPerFrame: number): void {
    const paces = { ...this.#store.getSnapshot(), [this.#keyOf(asked)]: { msPerFrame, pixels: asked.pixels } };
    try {
      this.#open().setItem(KEY, JSON.stringify(paces));
    } catch {
      // Storage denied or full: known until the page is closed.
    }
    this.#store.set(paces);
  }

  /** Expected duration for a number of frames, ms; null without a comparable reading. */
  expectedMs(asked: AskedPace, frames: number): number | null {
    const pace = this.#store.getSnapshot()[this.#keyOf(asked)];
    if (!pace) return null;
    const ratio = pace.pixels / asked.pixels;
    return ratio <= LIKE_SIZE && ratio >= 1 / LIKE_SIZE ? frames * pace.msPerFrame : null;
  }

  #keyOf({ search, framesPerSecond }: AskedPace): string {
    return `${search} ${framesPerSecond} ${this.#engine}`;
  }
}

function read(open: () => Pick<Storage, 'getItem'>): Paces {
  try {
    const stored: unknown = JSON.parse(open().getItem(KEY) ?? '{}');
    return Object.fromEntries(Object.entries(stored as object).filter((entry): entry is [string, Pace] => isPace(entry[1])));
  } catch {
    return {};
  }
}

function isPace(value: unknown): value is Pace {
  const { msPerFrame, pixels } = (value ?? {}) as Partial<Record<keyof Pace, unknown>>;
  return [msPerFrame, pixels].every((each) => typeof each === 'number' && each > 0 && Number.isFinite(each));
}

let pagePaces: ReadingPaces | null = null;

/** The page's instance, which follows the engine of the settings. */
export function readingPaces(): ReadingPaces {
  if (pagePaces) return pagePaces;
  const paces = (pagePaces = new ReadingPaces(() => localStorage));
  const settings = settingsStore();
  const follow = () => {
    const { backend, modelId } = settings.getSnapshot();
    paces.engine = `${backend} ${modelId ?? ''}`;
  };
  settings.subscribe(follow);
  follow();
  return paces;
}
