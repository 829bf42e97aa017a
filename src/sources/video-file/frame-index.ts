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

/** The packets of a track in display order, and where to start decoding: computed once for all pieces of it. */
export class PacketOrder {
  readonly packets: readonly ListedPacket[];
  /** Decode positions in display order. */
  readonly positions: Int32Array;
  /** Place in display order by decode position. */
  readonly ranks: Int32Array;
  /** In display order. */
  readonly timesMs: Float64Array;
  readonly intervalMs: number;
  /** By the position of the first correct frame. */
  readonly entrances: readonly Entrance[];
  readonly rightFrom: readonly number[];
  readonly holes: readonly number[];

  constructor(packets: readonly ListedPacket[]) {
    const timeAt = (position: number) => packets[position]?.timestampMs ?? 0;
    this.packets = packets;
    this.positions = Int32Array.from(packets.map((_, position) => position).sort((a, b) => timeAt(a) - timeAt(b) || a - b));
    this.ranks = new Int32Array(packets.length);
    this.positions.forEach((position, rank) => (this.ranks[position] = rank));
    this.timesMs = Float64Array.from(this.positions, timeAt);
    this.intervalMs = medianInterval([...this.timesMs]);
    this.entrances = positionsOf(packets, ({ key }) => key)
      .map((from) => ({ from, right: packets[from]?.rightFrom ?? from }))
      .sort((a, b) => a.right - b.right || a.from - b.from);
    this.rightFrom = this.entrances.map(({ right }) => right);
    this.holes = positionsOf(packets, ({ afterHole }) => afterHole);
  }

  /** By place in display order. */
  at(rank: number): ListedPacket | undefined {
    return this.packets[this.positions[rank] ?? -1];
  }

  /** Whether a frame begins in the piece. */
  begins({ fromMs, toMs }: Piece): boolean {
    return countBelow(this.timesMs, fromMs - EPSILON_MS) < countBelow(this.timesMs, toMs - EPSILON_MS);
  }
}

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
  readonly #order: PacketOrder;
  /** Rank of the first frame in the order of all packets. */
  readonly #first: number;

  /**
   * @param packets in decode order, at least one; pieces of one track share their order.
   * @param piece includes the frames that begin in it; the first one is moved to its start, as in players. Default: all, from 0 on.
   * @param heldUntilMs end of the last frame, if the frame itself does not determine it.
   */
  constructor(packets: readonly ListedPacket[] | PacketOrder, piece: Piece | null = null, heldUntilMs: number | null = null) {
    const order = packets instanceof PacketOrder ? packets : new PacketOrder(packets);
    const { timesMs, intervalMs } = order;
    this.#order = order;
    this.intervalMs = intervalMs;
    const from = piece ? countBelow(timesMs, piece.fromMs - EPSILON_MS) : 0;
    const to = piece ? countBelow(timesMs, piece.toMs - EPSILON_MS) : timesMs.length;
    const last = to - 1;
    const lastMs = order.at(last)?.durationMs ?? 0;
    const ownEndMs = (timesMs[last] ?? 0) + (lastMs > EPSILON_MS && lastMs <= LONGEST_FRAME_MS ? lastMs : intervalMs);
    const firstMs = timesMs[from] ?? 0;
    // A file without a frame from 0 on is shown completely.
    const movedMs = piece ? piece.atMs - firstMs : ownEndMs > 0 ? 0 : -firstMs;
    const isCut = piece !== null && to < timesMs.length;
    const endMs = isCut ? Math.min(ownEndMs + movedMs, piece.atMs + piece.toMs - piece.fromMs) : ownEndMs + movedMs;
    this.endMs = heldUntilMs ?? endMs;
    this.#first = piece ? from : firstShown(timesMs.map((timeMs) => timeMs + movedMs));
    this.timesMs = timesMs.slice(this.#first, to).map((timeMs) => (piece ? timeMs + movedMs : Math.max(0, timeMs + movedMs)));
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
    return this.#isAfterHole(number + 1) && timeMs >= this.timeOf(number) + this.intervalMs - EPSILON_MS;
  }

  /** Times of lost frames before a frame, estimated by the usual interval. */
  lostBefore(number: number): number[] {
    if (number === 0 || !this.#isAfterHole(number)) return [];
    const fromMs = this.timeOf(number - 1);
    const count = Math.round((this.timeOf(number) - fromMs) / this.intervalMs) - 1;
    return Array.from({ length: Math.max(0, count) }, (_, i) => fromMs + (i + 1) * this.intervalMs);
  }

  /** A packet's frame number; -1: decoded but never displayed. */
  numberOf(position: number): number {
    const number = (this.#order.ranks[position] ?? -1) - this.#first;
    return this.#isFrame(number) ? number : -1;
  }

  /** The last place to start at for a correct picture before a decode position; -1: none. */
  keyBefore(position: number): number {
    const { entrances, rightFrom } = this.#order;
    return entrances[lastUpTo(rightFrom, position - 1)]?.from ?? -1;
  }

  /** Packets to decode for a frame; null: frames that it depends on are not in the file. */
  stretchFor(number: number): Stretch | null {
    const { positions, packets, entrances, rightFrom, holes } = this.#order;
    const position = this.#isFrame(number) ? (positions[this.#first + number] ?? -1) : -1;
    let nearest = lastUpTo(rightFrom, position);
    const right = rightFrom[nearest];
    // A frame stored after a key frame but displayed before it depends on frames before both.
    if (right !== undefined && (packets[position]?.timestampMs ?? NaN) < (packets[right]?.timestampMs ?? NaN)) nearest--;
    const from = entrances[nearest]?.from;
    const hole = holes[lastUpTo(holes, position)] ?? 0;
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

  #isFrame(number: number): boolean {
    return number >= 0 && number < this.count;
  }

  /** Whether frames right before it are lost. */
  #isAfterHole(number: number): boolean {
    const packet = this.#isFrame(number) ? this.#order.at(this.#first + number) : undefined;
    return packet !== undefined && (packet.afterHole || packet.afterGap === true);
  }
}

/** Players start at 0: frames that have ended by then are not displayed. Several may begin at 0. */
function firstShown(timesMs: Float64Array): number {
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

/** How many values of an ascending list are below a limit. */
function countBelow(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
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
