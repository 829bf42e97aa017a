import type { PixelRect, Size } from '../geometry';
import { ChangeMap } from './change-map';
import type { Look, Turn } from './look';
import { fastLooks, isWorthwhile } from './search-lattice';
import { nearRegion } from './second-look';

/** Intervals, ms, at which each network sees the whole picture, which shows nearly all faces. */
const WHOLE_SHORT_MS = 500;
const WHOLE_FULL_MS = 900;
/** Intervals, ms, of looks at the changed tile that has waited longest, and at whichever look has waited longest. */
const CHANGED_MS = 250;
const OLDEST_MS = 700;
/**
 * Interval of looks at the picture in one of its quarter turns, ms: all three in a second, in which a picture's turn shows; rarely once
 * faces have been followed for as long as the full range takes to load.
 */
const TURNED_MS = 330;
const TURNED_RARELY_MS = 2000;
const TURNED_OFTEN_FOR_MS = 3000;
/** Maximum looks per frame; one if frames follow each other closely or arrive faster than they are read. */
const MOST_LOOKS = 3;
export const CLOSE_FRAMES_MS = 100;

/**
 * Duration, ms, of a first sweep over a picture's fine tiles, unless a limit below draws it out; then the interval of looks at
 * changed ones: every 100 ms, they took a tenth of the live view's time where one person moved.
 */
const SWEEP_MS = 800;
const FINE_CHANGED_MS = 300;
/** Maximum fine looks per frame: normally, which is a sweep's share at eight frames per second, and if frames arrive faster than they are read. */
const MOST_FINE = 16;
const MOST_FINE_BEHIND = 6;

interface Rule {
  readonly everyMs: number;
  lastMs: number;
  readonly choose: (known: readonly PixelRect[]) => Look | undefined;
}

/** Decides where to search a live view for new faces: by the stream's clock, changed parts of the picture first. */
export class LiveSchedule {
  readonly #size: Size;
  readonly #changes: ChangeMap;
  readonly tiles: readonly Look[];
  /** Apart from `all`: their detections would displace those of upright looks where the two are averaged. */
  readonly turned: readonly Look[];
  /** Longest waiting first. */
  #queue: Look[];
  /** Empty if the stream's search is only fast. */
  #fine: readonly Look[];
  /** Fine looks that the clock allows. */
  #allowed = 0;
  readonly #takenIn = new Map<Look, number>();
  readonly #rules: readonly Rule[];
  #lastMs: number;
  #turnedLooks = 0;
  #lastTurnedMs = -Infinity;

  /**
   * Create it in a frame in which all looks are taken.
   *
   * @param sweeps whether to find small faces too that only fine tiles show, as in a still.
   * @param turn of the picture.
   */
  constructor(size: Size, changes: ChangeMap, timestampMs: number, sweeps: boolean, turn: Turn = 0) {
    this.#size = size;
    this.#changes = changes;
    this.#lastMs = timestampMs;
    const { wholes, tiles, fine, turned } = fastLooks(size, turn);
    this.tiles = tiles;
    this.turned = turned;
    this.#fine = sweeps ? fine : [];
    const [short, full] = wholes;
    this.#queue = [...wholes, ...tiles];
    for (const look of this.#queue) this.#takenIn.set(look, changes.frame);
    const rule = (everyMs: number, choose: Rule['choose']): Rule => ({ everyMs, lastMs: timestampMs, choose });
    this.#rules = [
      rule(WHOLE_SHORT_MS, () => short),
      rule(WHOLE_FULL_MS, () => full),
      rule(CHANGED_MS, (known) => this.#queue.find((look) => tiles.includes(look) && this.#hasChanged(look, known))),
      rule(TURNED_MS, (known) => this.#nextTurned(known.length > 0 && this.#lastMs - timestampMs > TURNED_OFTEN_FOR_MS)),
      rule(OLDEST_MS, () => this.#queue[0]),
    ];
  }

  get all(): readonly Look[] {
    return this.#queue;
  }

  /**
   * Looks to take in the next frame.
   *
   * @param faces boxes of followed faces; changes around them are ignored.
   * @param isBehind frames arrive faster than they are read. A fixed number of looks per second would make rare frames slow, and
   *   slow frames rarer: at three readings per second, this search took a third to a half of the time.
   */
  next(timestampMs: number, faces: readonly PixelRect[], isBehind = false): Look[] {
    const known = faces.map((box) => nearRegion(box));
    const elapsedMs = timestampMs - this.#lastMs;
    this.#lastMs = timestampMs;
    // A clock that runs back belongs to another stream.
    if (elapsedMs < 0) {
      for (const rule of this.#rules) rule.lastMs = timestampMs;
      this.#lastTurnedMs = timestampMs;
    }
    if (elapsedMs === 0) return [];
    const most = elapsedMs > CLOSE_FRAMES_MS && !isBehind ? MOST_LOOKS : 1;
    const looks: Look[] = [];
    const waited = ({ lastMs, everyMs }: Rule) => (timestampMs - lastMs) / everyMs;
    const due = this.#rules.filter((rule) => waited(rule) >= 1);
    // With more due rules than looks, each rule gets its turn.
    if (isBehind) due.sort((a, b) => waited(b) - waited(a));
    for (const rule of due) {
      if (looks.length >= most) break;
      const look = rule.choose(known);
      if (!look) continue;
      rule.lastMs = timestampMs;
      this.#takenIn.set(look, this.#changes.frame);
      if (this.#queue.includes(look)) this.#queue = [...this.#queue.filter((other) => other !== look), look];
      looks.push(look);
    }
    return [...looks, ...this.#fineLooks(elapsedMs, faces, known, isBehind)];
  }

  #nextTurned(isRare: boolean): Look | undefined {
    if (isRare && this.#lastMs - this.#lastTurnedMs < TURNED_RARELY_MS) return undefined;
    this.#lastTurnedMs = this.#lastMs;
    return this.turned[this.#turnedLooks++ % this.turned.length];
  }

  /** Fine tiles not looked at yet, or changed since; longest waiting first. */
  #fineLooks(elapsedMs: number, faces: readonly PixelRect[], known: readonly PixelRect[], isBehind: boolean): Look[] {
    const isSwept = this.#fine.every((look) => this.#takenIn.has(look));
    const everyMs = isSwept ? FINE_CHANGED_MS : SWEEP_MS / this.#fine.length;
    const most = isSwept ? 1 : isBehind ? MOST_FINE_BEHIND : MOST_FINE;
    this.#allowed = Math.min(most, this.#allowed + Math.max(0, elapsedMs) / everyMs);
    if (this.#allowed < 1) return [];
    const largest = Math.max(0, ...faces.map(({ width }) => width));
    const isDue = (look: Look) =>
      isWorthwhile(look.region.width, largest) && (!this.#takenIn.has(look) || this.#hasChanged(look, known));
    const many = Math.floor(this.#allowed);
    const due: Look[] = [];
    for (const look of this.#fine) if (due.length < many && isDue(look)) due.push(look);
    // Looks that nothing needs do not add up: a large face that leaves makes all tiles due at once.
    this.#allowed = due.length < many ? 0 : this.#allowed - many;
    for (const look of due) this.#takenIn.set(look, this.#changes.frame);
    const taken = new Set(due);
    this.#fine = [...this.#fine.filter((look) => !taken.has(look)), ...due];
    return due;
  }

  #hasChanged(look: Look, known: readonly PixelRect[]): boolean {
    return this.#changes.hasChanged(look.region, this.#size, this.#takenIn.get(look) ?? 0, known);
  }
}
