/** One coded frame, as the container lists it. Times on the container's clock. */
export interface ListedPacket {
  readonly timestampMs: number;
  /** ≤ 0 or not finite: unknown. */
  readonly durationMs: number;
  readonly key: boolean;
  /** Where decoding begins with this packet, the position of the first one whose picture is right. Default: its own. */
  readonly rightFrom?: number;
  /** Packets that stood before this one are lost. */
  readonly afterHole: boolean;
  /** Frames shown right before it are lost, which stood behind it. Default: none. */
  readonly afterGap?: boolean;
}

/** A place where decoding can begin, and the first packet from there on whose picture is right. */
interface Entrance {
  readonly from: number;
  readonly right: number;
}

/** A stretch of packets in decode order, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A stretch of a track that a film shows, on the clock of the packets. */
export interface Piece {
  readonly fromMs: number;
  /** Frames from there on are not shown. */
  readonly toMs: number;
  /** Where its first frame begins, on the clock of the film. */
  readonly atMs: number;
}

/** Containers round their times; times closer than this are the same. */
export const EPSILON_MS = 0.01;
/** A last frame said to last longer than a day is a damaged duration. */
const LONGEST_FRAME_MS = 86_400_000;
const FALLBACK_INTERVAL_MS = 1000 / 30;

/**
 * Every frame of a video: when it is shown, where it stands in decode order, and where its decoding must start. Built from
 * the packets themselves, because headers are often wrong about durations, and seek tables incomplete or absent.
 *
 * Frame numbers count from 0 in order of display; decode positions count packets as they stand in the file.
 */
export class FrameIndex {
  /** Start of each frame in order of display. */
  readonly timesMs: Float64Array;
  readonly endMs: number;
  /** The usual time between two frames (median). */
  readonly intervalMs: number;
  readonly #positions: Int32Array;
  readonly #numbers: Int32Array;
  /** In the order in which pictures are right. */
  readonly #entrances: readonly Entrance[];
  readonly #rightFrom: readonly number[];
  readonly #holes: readonly number[];
  /** Frames with lost frames right before them. */
  readonly #afterHole: ReadonlySet<number>;

  /**
   * @param packets in decode order, at least one.
   * @param piece shows the frames that begin in it, the first of which is moved to its place as players do. Default: all, from 0 on.
   * @param heldUntilMs when the last frame ends, where that is not for itself to say.
   */
  constructor(packets: readonly ListedPacket[], piece: Piece | null = null, heldUntilMs: number | null = null) {
    const timeAt = (position: number) => packets[position]?.timestampMs ?? 0;
    const all = packets.map((_, position) => position).sort((a, b) => timeAt(a) - timeAt(b) || a - b);
    const order = piece ? all.filter((position) => isIn(piece, timeAt(position))) : all;
    this.intervalMs = medianInterval(all.map(timeAt));
    const firstMs = timeAt(order[0] ?? 0);
    const last = order.at(-1) ?? 0;
    const lastMs = packets[last]?.durationMs ?? 0;
    const ownEndMs = timeAt(last) + (lastMs > EPSILON_MS && lastMs <= LONGEST_FRAME_MS ? lastMs : this.intervalMs);
    // Of a file without a frame from 0 on, all are shown.
    const movedMs = piece ? piece.atMs - firstMs : ownEndMs > 0 ? 0 : -firstMs;
    const isCut = piece !== null && last !== all.at(-1);
    const endMs = isCut ? Math.min(ownEndMs + movedMs, piece.atMs + piece.toMs - piece.fromMs) : ownEndMs + movedMs;
    this.endMs = heldUntilMs ?? endMs;
    const shown = piece ? order : order.slice(firstShown(order.map((position) => timeAt(position) + movedMs)));
    this.timesMs = Float64Array.from(shown, (position) => Math.max(0, timeAt(position) + movedMs));
    this.#positions = Int32Array.from(shown);
    this.#numbers = new Int32Array(packets.length).fill(-1);
    shown.forEach((position, number) => (this.#numbers[position] = number));
    this.#entrances = positionsOf(packets, ({ key }) => key)
      .map((from) => ({ from, right: packets[from]?.rightFrom ?? from }))
      .sort((a, b) => a.right - b.right || a.from - b.from);
    this.#rightFrom = this.#entrances.map(({ right }) => right);
    this.#holes = positionsOf(packets, ({ afterHole }) => afterHole);
    const gaps = positionsOf(packets, ({ afterGap = false }) => afterGap);
    this.#afterHole = new Set([...this.#holes, ...gaps].map((position) => this.numberOf(position)));
  }

  get count(): number {
    return this.timesMs.length;
  }

  get startMs(): number {
    return this.timeOf(0);
  }

  timeOf(number: number): number {
    return this.timesMs[number] ?? NaN;
  }

  /** The frame on screen at a time; -1 before the first. */
  numberAt(timeMs: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.timeOf(middle) <= timeMs + EPSILON_MS) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Whether the frames around a time are lost, so that the frame before it was no longer on screen. */
  isInHole(timeMs: number): boolean {
    const number = this.numberAt(timeMs);
    return this.#afterHole.has(number + 1) && timeMs >= this.timeOf(number) + this.intervalMs - EPSILON_MS;
  }

  /** Times at which lost frames stood before a frame, as far as the usual interval tells. */
  lostBefore(number: number): number[] {
    if (number === 0 || !this.#afterHole.has(number)) return [];
    const fromMs = this.timeOf(number - 1);
    const count = Math.round((this.timeOf(number) - fromMs) / this.intervalMs) - 1;
    return Array.from({ length: Math.max(0, count) }, (_, i) => fromMs + (i + 1) * this.intervalMs);
  }

  /** A packet's frame number; -1: it is decoded but never shown. */
  numberOf(position: number): number {
    return this.#numbers[position] ?? -1;
  }

  /** The last place to begin at for a picture that is right before a decode position; -1: none. */
  keyBefore(position: number): number {
    return this.#entrances[lastUpTo(this.#rightFrom, position - 1)]?.from ?? -1;
  }

  /** What must be decoded for a frame; null: the frames that it builds on are not in the file. */
  stretchFor(number: number): Stretch | null {
    const position = this.#positions[number] ?? -1;
    let nearest = lastUpTo(this.#rightFrom, position);
    const right = this.#rightFrom[nearest];
    // A frame that follows a key frame in the file but is shown before it builds on the frames before both.
    if (right !== undefined && right !== position && this.timeOf(number) < this.timeOf(this.numberOf(right))) nearest--;
    const from = this.#entrances[nearest]?.from;
    const hole = this.#holes[lastUpTo(this.#holes, position)] ?? 0;
    return from === undefined || from < hole ? null : { from, to: position };
  }

  /** What must be decoded for several frames in order of display, each packet once. */
  *stretchesFor(numbers: Iterable<number>): Generator<Stretch, void, undefined> {
    let current: Stretch | null = null;
    for (const number of numbers) {
      const next = this.stretchFor(number);
      if (!next) continue;
      if (current && next.from <= current.to + 1) {
        current = { from: current.from, to: Math.max(current.to, next.to) };
      } else {
        if (current) yield current;
        current = next;
      }
    }
    if (current) yield current;
  }
}

/** Whether a film shows a frame that begins at a time in one of its pieces. */
export function isIn({ fromMs, toMs }: Piece, timeMs: number): boolean {
  return timeMs >= fromMs - EPSILON_MS && timeMs < toMs - EPSILON_MS;
}

/** Players start at 0: frames that are over by then are not shown. Several may begin at 0. */
function firstShown(timesMs: readonly number[]): number {
  const fromZero = timesMs.findIndex((timeMs) => timeMs >= -EPSILON_MS);
  const first = fromZero < 0 ? timesMs.length : fromZero;
  const beginsLater = (timesMs[first] ?? Infinity) > EPSILON_MS;
  return Math.max(0, beginsLater ? first - 1 : first);
}

/** The usual time between two frames that follow one another, of ascending times. */
export function medianInterval(timesMs: readonly number[]): number {
  const steps = timesMs.slice(1).flatMap((timeMs, i) => {
    const stepMs = timeMs - (timesMs[i] ?? timeMs);
    return stepMs > EPSILON_MS ? [stepMs] : [];
  });
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? FALLBACK_INTERVAL_MS;
}

function positionsOf(packets: readonly ListedPacket[], has: (packet: ListedPacket) => boolean): number[] {
  return packets.flatMap((packet, position) => (has(packet) ? [position] : []));
}

/** Index of the last value ≤ a limit in an ascending list; -1: none. */
function lastUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
