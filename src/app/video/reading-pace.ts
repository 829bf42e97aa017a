import { Store } from '../../engine/store';
import type { ClipPart } from '../../reading/clip-reading';
import { settingsStore } from '../settings';

const KEY = 'mien.reading-pace';
/** Fewer frames tell little of those that follow. */
const LEAST_FRAMES = 5;
/** Pictures that have up to so many times more or fewer pixels take a similar time. */
const LIKE_SIZE = 2.5;

/** What decides how long a frame takes on one device, as far as it is known before. */
export interface AskedPace extends Pick<ClipPart, 'search' | 'framesPerSecond'> {
  /** Of a picture. */
  readonly pixels: number;
}

interface Pace {
  readonly msPerFrame: number;
  readonly pixels: number;
}

/** The newest of each engine, search and rate. */
type Paces = Readonly<Record<string, Pace>>;

/** Measures the time from frame to frame of one reading, pauses, frames left out and the wait for the first frame excepted. */
export class PaceMeter {
  #frames = 0;
  #takenMs = 0;
  #newestMs: number | null = null;

  /** @param isUsual false: it tells nothing of how fast others are read, as one that was left out, or that was under way when the reading paused. */
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

  /** Null: too few frames to tell. */
  get msPerFrame(): number | null {
    return this.#frames >= LEAST_FRAMES ? this.#takenMs / this.#frames : null;
  }
}

/** How fast this device has read clips, kept in this browser. */
export class ReadingPaces {
  readonly #store: Store<Paces>;
  readonly #open: () => Pick<Storage, 'getItem' | 'setItem'>;
  #engine = '';

  /** @param open may throw, as where storage is denied. */
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

  /** What clips are read with: another network or backend takes another time. */
  get engine(): string {
    return this.#engine;
  }

  set engine(engine: string) {
    if (engine === this.#engine) return;
    this.#engine = engine;
    // Expected is something else now.
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

  /** How long frames are likely to take, ms; null where nothing like it was read yet. */
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

/** The page's, of the engine that its settings name. */
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
