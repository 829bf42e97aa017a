import type { EncodedPacket, InputVideoTrack, PacketType } from 'mediabunny';
import { MienError } from '../../engine/errors';
import type { Loss } from './continuity';
import { EPSILON_MS, medianInterval, type ListedPacket } from './frame-index';
import type { Salvaged } from './salvaged-file';
import type { TrackPackets } from './track-packets';

/** Maximum number of packets: a day at 30 frames per second; never more than the file's bytes. Damaged tables may list billions. */
const MOST_PACKETS = 2_600_000;
/** A key frame is displayed after all frames decoded before it. One that is this much earlier, ms, belongs to another clock. */
const KEY_SLACK_MS = 100;
/** The same for all frames of codecs without reordering: more than the rounding of containers. */
const FRAME_SLACK_MS = 2;
/** Usual intervals between two frames beyond which frames are missing. */
const LONGEST_INTERVAL = 1.5;
/** Maximum number of frames decoded before one that is displayed before them (ITU-T H.264, `max_num_reorder_frames`). */
const MOST_REORDERED = 16;
/** Length of a transport stream's clock, which restarts then: 33 bits at 90 kHz. */
const CLOCK_MS = 2 ** 33 / 90;
/** Packets between two places where reading can start. */
const START_EVERY = 100;

/** A place to start reading: after a known packet. */
export interface Start {
  /** Its position in decode order; -1: before the first one. */
  readonly position: number;
  readonly packet: EncodedPacket | null;
}

/** All packets of a track in decode order, and places to start reading, as lookups by time fail in files without a seek table. */
export class PacketList {
  readonly listed: ListedPacket[] = [];
  /** Whether the frames' own headers tell which are key frames, rather than the container. */
  readonly examined: boolean;
  readonly #starts: Start[] = [{ position: -1, packet: null }];

  constructor(examined: boolean) {
    this.examined = examined;
  }

  add(packet: EncodedPacket, key: boolean, afterHole: boolean): void {
    const position = this.listed.length;
    if (position % START_EVERY === START_EVERY - 1) this.#starts.push({ position, packet });
    const { timestamp, duration } = packet;
    this.listed.push({ timestampMs: timestamp * 1000, durationMs: duration * 1000, key, afterHole });
  }

  /** The last known packet before a position. */
  startBefore(position: number): Start {
    return this.#starts[Math.floor(position / START_EVERY)] ?? { position: -1, packet: null };
  }
}

/**
 * Lists all packets of a track.
 *
 * @param typeOf examines a packet's frame; null: it cannot tell. Default: packets are of the type that the container states.
 * @throws MienError `video/no-frames`.
 */
export async function listPackets(packets: TrackPackets, { file, lacksBytes, holesMs, losses = [] }: Salvaged, typeOf?: (packet: EncodedPacket) => Promise<PacketType | null>): Promise<PacketList> {
  const list = new PacketList(typeOf !== undefined);
  const holes = holesMs.filter((holeMs) => holeMs !== null).sort((a, b) => a - b);
  // Only reading packets shows whether they are beyond the end of the file.
  for await (const packet of packets.all({ metadataOnly: !lacksBytes && !typeOf })) {
    const holeMs = holes[0];
    const afterHole = holeMs !== undefined && packet.timestamp * 1000 >= holeMs - EPSILON_MS;
    while (afterHole && (holes[0] ?? Infinity) <= packet.timestamp * 1000 + EPSILON_MS) holes.shift();
    const type = (await typeOf?.(packet)) ?? packet.type;
    list.add(packet, type === 'key', afterHole);
    if (list.listed.length > Math.min(MOST_PACKETS, file.size)) throw new MienError('video', 'damaged', 'too many packets');
  }
  if (list.listed.length === 0) throw new MienError('video', 'no-frames');
  if (holesMs.includes(null)) markGaps(list.listed);
  else if (holesMs.length > 0) markHoles(list.listed);
  else if (losses.length > 0) markLosses(list.listed, losses);
  return list;
}

/**
 * Lists packets with the key frames that their own headers name, because containers may flag others. An MP4 is believed unless it flags
 * all or none, since reading all of its frames takes long.
 */
export async function listWithKeys(sink: TrackPackets, salvaged: Salvaged, track: InputVideoTrack, isIso: boolean): Promise<PacketList> {
  // mediabunny takes VP8 packets without data for key frames.
  const typeOf = async (packet: EncodedPacket) => (packet.data.length === 0 ? 'delta' : track.determinePacketType(packet));
  const stated = isIso ? await listPackets(sink, salvaged) : null;
  const keys = stated?.listed.filter(({ key }) => key).length ?? 0;
  return stated && keys > 0 && keys < stated.listed.length ? stated : listPackets(sink, salvaged, typeOf);
}

/** Treats every gap in a damaged file as lost packets. */
function markGaps(listed: ListedPacket[]): void {
  for (const { gaps } of clocksOf(listed)) for (const { position } of gaps) markAt(listed, position, { afterHole: true });
}

/**
 * Takes gaps between pictures for lost frames, in place, if packets were lost where these would be stored. Without a gap, at most a part of a
 * frame is lost.
 */
export function markLosses(listed: ListedPacket[], losses: readonly Loss[]): void {
  const clocks = clocksOf(listed);
  let first = 0;
  for (const { afterMs } of losses) {
    // Joined recordings have the same times, so that only the gap tells which one lost frames.
    for (let i = first, clock; (clock = clocks[i]); i++) {
      const next = clock.positionAt(afterMs);
      const lost = next === null ? [] : clock.gapsAt(next);
      if (next === null || lost.length === 0) continue;
      first = i;
      markAt(listed, next, { afterHole: true });
      for (const gap of lost) markAt(listed, gap.position, { afterGap: true });
      break;
    }
  }
}

/** The same for holes that are known: frames displayed before the one stored before a hole may be lost in it, too. */
export function markHoles(listed: ListedPacket[]): void {
  for (const { from, to, gapsAt } of clocksOf(listed)) {
    for (let position = from + 1; position < to; position++) {
      if (listed[position]?.afterHole) for (const gap of gapsAt(position)) markAt(listed, gap.position, { afterGap: true });
    }
  }
}

/** A stretch of packets on one clock. */
interface Clock {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly gaps: readonly Gap[];
  /** Position of a packet with a time of the stream; null: none. */
  readonly positionAt: (streamMs: number) => number | null;
  /** Gaps that frames stored right before a position would fill. */
  readonly gapsAt: (position: number) => readonly Gap[];
}

/** Joined recordings restart the clock, with a key frame each. */
function clocksOf(listed: readonly ListedPacket[]): Clock[] {
  const steps = listed.map(({ timestampMs }, i) => Math.abs(timestampMs - (listed[i - 1]?.timestampMs ?? timestampMs)));
  const usualStepMs = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  const starts = [0];
  listed.forEach(({ key, timestampMs }, position) => {
    if (key && Math.max(...before(listed, position, starts.at(-1))) - timestampMs > MOST_REORDERED * usualStepMs) starts.push(position);
  });
  return starts.map((from, i) => clockOf(listed, from, starts[i + 1] ?? listed.length));
}

function clockOf(listed: readonly ListedPacket[], from: number, to: number): Clock {
  const own = listed.slice(from, to);
  const gaps = gapsOf(own).map((gap) => ({ ...gap, position: from + gap.position }));
  const usualMs = usualInterval(own);
  const backMs = largestStepBack(own, usualMs);
  const order = displayOrder(own);
  const timeAt = (place: number) => own[order[place] ?? -1]?.timestampMs ?? Infinity;
  return {
    ...{ from, to, gaps },
    positionAt: (streamMs) => {
      for (const wantedMs of [streamMs, streamMs - CLOCK_MS, streamMs + CLOCK_MS]) {
        const place = firstFrom(order.length, (i) => timeAt(i) > wantedMs - EPSILON_MS);
        if (timeAt(place) < wantedMs + EPSILON_MS) return from + (order[place] ?? 0);
      }
      return null;
    },
    gapsAt: (position) => {
      // Frames stored here are displayed at most this much before the newest one so far, and after the next one.
      const earliestMs = Math.max(...before(own, position - from)) - backMs - EPSILON_MS;
      const latestMs = (listed[position]?.timestampMs ?? 0) + backMs + EPSILON_MS;
      const first = firstFrom(gaps.length, (i) => (gaps[i]?.fromMs ?? 0) + usualMs >= earliestMs);
      const last = firstFrom(gaps.length, (i) => (gaps[i]?.toMs ?? 0) - usualMs > latestMs);
      return gaps.slice(first, last);
    },
  };
}

/** The first index below `count` from which on a condition holds; `count`: none. */
function firstFrom(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Times of the packets right before a position, as many as may be reordered. */
function before(listed: readonly ListedPacket[], position: number, from = 0): number[] {
  return listed.slice(Math.max(from, position - MOST_REORDERED), position).map(({ timestampMs }) => timestampMs);
}

/** Most ms that a frame is displayed before one that is stored before it. A larger step is a clock that restarts. */
function largestStepBack(listed: readonly ListedPacket[], usualMs: number): number {
  return listed.reduce((largest, { timestampMs }, position) => {
    const backMs = Math.max(...before(listed, position)) - timestampMs;
    return backMs <= MOST_REORDERED * usualMs ? Math.max(largest, backMs) : largest;
  }, 0);
}

/**
 * Marks gaps among the last frames as lost, in place, in a truncated film with reordered frames: some frames displayed before the last
 * ones were stored after these.
 */
export function markLostAtEnd(listed: ListedPacket[]): void {
  for (const { position } of gapsOf(listed).filter(isAtEndOf(listed))) markAt(listed, position, { afterGap: true });
}

/** Whether a film with reordered frames has its only gap among the last ones: transport streams do not state their end. */
export function lacksFramesAtEnd(listed: readonly ListedPacket[]): boolean {
  const gaps = gapsOf(listed);
  return gaps.length > 0 && gaps.every(isAtEndOf(listed));
}

/** Tells gaps that reordered frames may leave which would be stored after the last ones. */
function isAtEndOf(listed: readonly ListedPacket[]): (gap: Gap) => boolean {
  const timeAt = (position: number) => listed[position]?.timestampMs ?? Infinity;
  let reordered = 0;
  listed.forEach(({ timestampMs }, position) => {
    let shownLater = 0;
    for (let back = 1; back <= MOST_REORDERED; back++) if (position >= back && timeAt(position - back) > timestampMs) shownLater++;
    reordered = Math.max(reordered, shownLater);
  });
  return ({ number, lost }) => number >= listed.length - reordered && lost <= MOST_REORDERED;
}

interface Gap {
  /** Position and number of the frame after it, in decode order and in display order. */
  readonly position: number;
  readonly number: number;
  /** Times of the frames around it. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Approximate number of frames that would fill it. */
  readonly lost: number;
}

function gapsOf(listed: readonly ListedPacket[]): Gap[] {
  const order = displayOrder(listed);
  const times = order.map((position) => listed[position]?.timestampMs ?? 0);
  const usualMs = usualInterval(listed);
  return order.flatMap((position, number) => {
    const [fromMs = 0, toMs = 0] = number > 0 ? times.slice(number - 1, number + 1) : [];
    const intervals = (toMs - fromMs) / usualMs;
    return intervals > LONGEST_INTERVAL ? [{ position, number, fromMs, toMs, lost: Math.round(intervals) - 1 }] : [];
  });
}

/** Positions by time. */
function displayOrder(listed: readonly ListedPacket[]): number[] {
  return listed.map((_, position) => position).sort((a, b) => (listed[a]?.timestampMs ?? 0) - (listed[b]?.timestampMs ?? 0));
}

function usualInterval(listed: readonly ListedPacket[]): number {
  return medianInterval(listed.map(({ timestampMs }) => timestampMs).sort((a, b) => a - b));
}

function markAt(listed: ListedPacket[], position: number, mark: Partial<ListedPacket>): void {
  const packet = listed[position];
  if (packet) listed[position] = { ...packet, ...mark };
}

/**
 * Joins clocks, in place: joined recordings restart theirs with each part.
 *
 * @param inOrder whether frames are stored in display order.
 */
export function joinClocks(listed: ListedPacket[], inOrder = false): void {
  let offsetMs = 0;
  let newestMs = -Infinity;
  const usualMs = usualInterval(listed);
  listed.forEach((packet, position) => {
    const { key, durationMs } = packet;
    const slackMs = inOrder ? FRAME_SLACK_MS : key ? KEY_SLACK_MS : Infinity;
    const backMs = newestMs - (packet.timestampMs + offsetMs);
    // A smaller step back than a new recording's: a slightly wrong time of one frame, correct again with the next.
    const isEarly = backMs > slackMs && backMs < usualMs / 2;
    if (backMs > slackMs && !isEarly) offsetMs = newestMs + (durationMs > EPSILON_MS && durationMs <= LONGEST_INTERVAL * usualMs ? durationMs : usualMs) - packet.timestampMs;
    const timestampMs = isEarly ? newestMs + EPSILON_MS : packet.timestampMs + offsetMs;
    newestMs = Math.max(newestMs, timestampMs);
    listed[position] = { ...packet, timestampMs };
  });
}
