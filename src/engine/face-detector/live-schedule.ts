import type { PixelRect, Size } from '../geometry';
import { ChangeMap } from './change-map';
import type { Look } from './look';
import { fastLooks, isWorthwhile } from './search-lattice';
import { nearRegion } from './second-look';

/** The whole picture as each network is given it, which shows nearly all faces, is looked at so often, ms. */
const WHOLE_SHORT_MS = 500;
const WHOLE_FULL_MS = 900;
/** So often the tile is looked at that changed and has waited longest, and, of all looks, the one that has waited longest. */
const CHANGED_MS = 250;
const OLDEST_MS = 700;
/** Most looks in one frame; where frames follow each other closely, or as fast as they can be read, one. */
const MOST_LOOKS = 3;
export const CLOSE_FRAMES_MS = 100;

/** The fine tiles of a picture are all looked at once in about this time, ms; then those that changed, one in so many ms, fewer if frames are rare. */
const SWEEP_MS = 700;
const FINE_CHANGED_MS = 100;
const FINE_CHANGED_RARE_MS = 300;
/** Most of them in one frame, and where frames come faster than they are read. */
const MOST_FINE = 32;
const MOST_FINE_BEHIND = 12;

interface Rule {
  readonly everyMs: number;
  lastMs: number;
  readonly choose: (known: readonly PixelRect[]) => Look | undefined;
}

/** Decides where a live view is searched for new faces: by the stream's clock, and first where the picture changed. */
export class LiveSchedule {
  readonly #size: Size;
  readonly #changes: ChangeMap;
  /** Those that have waited longest first. */
  #queue: Look[];
  /** None in a stream that is searched fast alone. */
  #fine: readonly Look[];
  /** Fine looks that the clock allows. */
  #allowed = 0;
  readonly #takenIn = new Map<Look, number>();
  readonly #rules: readonly Rule[];
  #lastMs: number;

  /**
   * To be made in a frame in which all looks are taken.
   *
   * @param sweeps Whether small faces that fine tiles alone show are to be found too, as in a still.
   */
  constructor(size: Size, changes: ChangeMap, timestampMs: number, sweeps: boolean) {
    this.#size = size;
    this.#changes = changes;
    this.#lastMs = timestampMs;
    const { wholes, tiles, fine } = fastLooks(size);
    this.#fine = sweeps ? fine : [];
    const [short, full] = wholes;
    this.#queue = [...wholes, ...tiles];
    for (const look of this.#queue) this.#takenIn.set(look, changes.frame);
    const rule = (everyMs: number, choose: Rule['choose']): Rule => ({ everyMs, lastMs: timestampMs, choose });
    this.#rules = [
      rule(WHOLE_SHORT_MS, () => short),
      rule(WHOLE_FULL_MS, () => full),
      rule(CHANGED_MS, (known) => this.#queue.find((look) => tiles.includes(look) && this.#hasChanged(look, known))),
      rule(OLDEST_MS, () => this.#queue[0]),
    ];
  }

  get all(): readonly Look[] {
    return this.#queue;
  }

  /**
   * The looks that are to be taken at the next frame.
   *
   * @param faces Boxes of those that are followed: changes about them are no news.
   * @param isBehind Frames come faster than they are read. A clock that asks for as many looks a second as ever makes rare frames
   *   dear, and dear frames rarer: measured at three readings a second, this search took a third to a half of the time.
   */
  next(timestampMs: number, faces: readonly PixelRect[], isBehind = false): Look[] {
    const known = faces.map((box) => nearRegion(box));
    const elapsedMs = timestampMs - this.#lastMs;
    this.#lastMs = timestampMs;
    // A clock that runs back is another stream's.
    if (elapsedMs < 0) for (const rule of this.#rules) rule.lastMs = timestampMs;
    const most = elapsedMs > CLOSE_FRAMES_MS && !isBehind ? MOST_LOOKS : 1;
    const looks: Look[] = [];
    const waited = ({ lastMs, everyMs }: Rule) => (timestampMs - lastMs) / everyMs;
    const due = this.#rules.filter((rule) => waited(rule) >= 1);
    // Where there are more than looks, each rule gets its turn.
    if (isBehind) due.sort((a, b) => waited(b) - waited(a));
    for (const rule of due) {
      if (looks.length >= most) break;
      const look = rule.choose(known);
      if (!look) continue;
      rule.lastMs = timestampMs;
      this.#takenIn.set(look, this.#changes.frame);
      this.#queue = [...this.#queue.filter((other) => other !== look), look];
      looks.push(look);
    }
    return [...looks, ...this.#fineLooks(elapsedMs, faces, known, isBehind)];
  }

  /** Fine tiles that were not looked at yet, or changed since; those that have waited longest first. */
  #fineLooks(elapsedMs: number, faces: readonly PixelRect[], known: readonly PixelRect[], isBehind: boolean): Look[] {
    const isSwept = this.#fine.every((look) => this.#takenIn.has(look));
    const changedMs = elapsedMs > CLOSE_FRAMES_MS || isBehind ? FINE_CHANGED_RARE_MS : FINE_CHANGED_MS;
    const everyMs = isSwept ? changedMs : SWEEP_MS / this.#fine.length;
    const most = isSwept ? 1 : isBehind ? MOST_FINE_BEHIND : MOST_FINE;
    this.#allowed = Math.min(most, this.#allowed + Math.max(0, elapsedMs) / everyMs);
    if (this.#allowed < 1) return [];
    const largest = Math.max(0, ...faces.map(({ width }) => width));
    const isDue = (look: Look) =>
      isWorthwhile(look.region.width, largest) && (!this.#takenIn.has(look) || this.#hasChanged(look, known));
    const due = this.#fine.filter(isDue).slice(0, Math.floor(this.#allowed));
    this.#allowed -= due.length;
    for (const look of due) this.#takenIn.set(look, this.#changes.frame);
    const taken = new Set(due);
    this.#fine = [...this.#fine.filter((look) => !taken.has(look)), ...due];
    return due;
  }

  #hasChanged(look: Look, known: readonly PixelRect[]): boolean {
    return this.#changes.hasChanged(look.region, this.#size, this.#takenIn.get(look) ?? 0, known);
  }
}
