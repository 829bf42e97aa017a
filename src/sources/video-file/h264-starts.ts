import type { ListedPacket } from './frame-index';
import type { H264Entries } from './h264-entry';

/** A frame from which on the picture is refreshed step by step. */
interface Renewal {
  readonly position: number;
  /** Number of the first complete frame. */
  readonly rightAt: number;
}

/**
 * Marks the places where decoding can start, in place, up to the first that is listed and complete. Broadcast recorders may mark none, or
 * none before the first IDR frame, which may be far into the film; containers list frames at which only a refresh starts.
 *
 * @param mostBytes limit on the packets to examine: reading a whole film takes long.
 */
export async function markStarts(packets: AsyncIterable<{ readonly data: Uint8Array }> | Iterable<{ readonly data: Uint8Array }>, entries: Pick<H264Entries, 'look'>, listed: ListedPacket[], mostBytes = Infinity): Promise<void> {
  let renewals: Renewal[] = [];
  let position = -1;
  let bytes = 0;
  for await (const { data } of packets) {
    const packet = listed[++position];
    const { start, rightAt, number, isPredicted } = entries.look(data);
    const isListed = packet?.key === true && rightAt === null && !isPredicted;
    if (!packet || isListed) return;
    if (packet.key || start) listed[position] = { ...packet, key: start === 'whole' };
    for (const renewal of renewals) {
      const begun = listed[renewal.position];
      if (begun && renewal.rightAt === number) listed[renewal.position] = { ...begun, key: true, rightFrom: position };
    }
    renewals = renewals.filter((renewal) => renewal.rightAt !== number);
    if (rightAt !== null) renewals.push({ position, rightAt });
    bytes += data.length;
    if (bytes > mostBytes) return;
  }
}
