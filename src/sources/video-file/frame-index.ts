/** One coded frame, as the container lists it. Times on the container's clock. */
export interface ListedPacket {
  readonly timestampMs: number;
  /** ≤ 0 or not finite: unknown. */
  readonly durationMs: number;
  readonly key: boolean;
  /** Position of the first correct frame when decoding starts here. Default: its own. */
  readonly rightFrom?: number;
  /** Packets before this one are lost. */
  readonly afterHole: boolean;
  /** Frames displayed right before it are lost, which were stored after it. Default: none. */
  readonly afterGap?: boolean;
}

/** A place where decoding can start, and the first correct packet from there on. */
interface Entrance {
  readonly from: number;
  readonly right: number;
}

/** A stretch of packets in decode order, both ends inclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A displayed part of a track, on the packets' clock. */
export interface Piece {
  readonly fromMs: number;
  /** Exclusive end. */
  readonly toMs: number;
  /** Start of its first frame on the film's clock. */
  readonly atMs: number;
}

/** Containers round their times; closer times count as equal. */
export const EPSILON_MS = 0.01;
/** A last frame longer than a day has a damaged duration. */
const LONGEST_FRAME_MS = 86_400_000;
const FALLBACK_INTERVAL_MS = 1000 / 30;

/**
 * Every frame of a video: display time, decode position, and where to start decoding. Built from the packets themselves, because
 * headers are often wrong about durations, and seek tables incomplete or absent.
 *
 * Frame numbers count from 0 in display order; decode positions count packets in file order.
 */
export class FrameIndex {
  /** Start of each frame in display order. */
  readonly timesMs: Float64Array;
  readonly endMs: number;
  /** Median time between two frames. */
  readonly intervalMs: number;
  /** Also of packets that are not shown, in decode order. */
  readonly #packetTimesMs: Float64Array;
  readonly #positions: Int32Array;
  readonly #numbers: Int32Array;
  /** By the position of the first correct frame. */
  readonly #entrances: readonly Entrance[];
  readonly #rightFrom: readonly number[];
  readonly #holes: readonly number[];
  /** Frames with lost frames right before them. */
  readonly #afterHole: ReadonlySet<number>;

  /**
   * @param packets in decode order, at least one.
   * @param piece includes the frames that begin in it; the first one is moved to its start, as in players. Default: all, from 0 on.
   * @param heldUntilMs end of the last frame, if the frame itself does not determine it.
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
    // A file without a frame from 0 on is shown completely.
    const movedMs = piece ? piece.atMs - firstMs : ownEndMs > 0 ? 0 : -firstMs;
    const isCut = piece !== null && last !== all.at(-1);
    const endMs = isCut ? Math.min(ownEndMs + movedMs, piece.atMs + piece.toMs - piece.fromMs) : ownEndMs + movedMs;
    this.endMs = heldUntilMs ?? endMs;
    const shown = piece ? order : order.slice(firstShown(order.map((position) => timeAt(position) + movedMs)));
    this.timesMs = Float64Array.from(shown, (position) => Math.max(0, timeAt(position) + movedMs));
    this.#packetTimesMs = Float64Array.from(packets, ({ timestampMs }) => timestampMs);
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

  /** Times of lost frames before a frame, estimated by the usual interval. */
  lostBefore(number: number): number[] {
    if (number === 0 || !this.#afterHole.has(number)) return [];
    const fromMs = this.timeOf(number - 1);
    const count = Math.round((this.timeOf(number) - fromMs) / this.intervalMs) - 1;
    return Array.from({ length: Math.max(0, count) }, (_, i) => fromMs + (i + 1) * this.intervalMs);
  }

  /** A packet's frame number; -1: decoded but never displayed. */
  numberOf(position: number): number {
    return this.#numbers[position] ?? -1;
  }

  /** The last place to start at for a correct picture before a decode position; -1: none. */
  keyBefore(position: number): number {
    return this.#entrances[lastUpTo(this.#rightFrom, position - 1)]?.from ?? -1;
  }

  /** Packets to decode for a frame; null: frames that it depends on are not in the file. */
  stretchFor(number: number): Stretch | null {
    const position = this.#positions[number] ?? -1;
    let nearest = lastUpTo(this.#rightFrom, position);
    const right = this.#rightFrom[nearest];
    // A frame stored after a key frame but displayed before it depends on frames before both.
    if (right !== undefined && (this.#packetTimesMs[position] ?? NaN) < (this.#packetTimesMs[right] ?? NaN)) nearest--;
    const from = this.#entrances[nearest]?.from;
    const hole = this.#holes[lastUpTo(this.#holes, position)] ?? 0;
    return from === undefined || from < hole ? null : { from, to: position };
  }

  /** Packets to decode for several frames in display order, each packet once. */
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

/** Whether a frame that begins at this time is in the piece. */
export function isIn({ fromMs, toMs }: Piece, timeMs: number): boolean {
  return timeMs >= fromMs - EPSILON_MS && timeMs < toMs - EPSILON_MS;
}

/** Players start at 0: frames that have ended by then are not displayed. Several may begin at 0. */
function firstShown(timesMs: readonly number[]): number {
  const fromZero = timesMs.findIndex((timeMs) => timeMs >= -EPSILON_MS);
  const first = fromZero < 0 ? timesMs.length : fromZero;
  const beginsLater = (timesMs[first] ?? Infinity) > EPSILON_MS;
  return Math.max(0, beginsLater ? first - 1 : first);
}

/** Median interval between consecutive frames at ascending times. */
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
