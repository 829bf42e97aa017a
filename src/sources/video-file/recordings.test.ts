import { expect, it } from 'vitest';
import { recordingsIn } from './recordings';

const PACKET_BYTES = 188;
const AVC = 0x1b;
const MPEG2 = 0x02;

/** A packet of 188 bytes, padded with stuffing. */
function packet(id: number, content: readonly number[], begins = 0x40): number[] {
  const head = [0x47, begins | (id >> 8), id & 0xff, 0x10];
  return [...head, ...content, ...new Array<number>(PACKET_BYTES - head.length - content.length).fill(0xff)];
}

function checksum(bytes: readonly number[]): number[] {
  let sum = 0xffffffffn;
  for (const bit of bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((shift) => BigInt((byte >> shift) & 1)))) {
    sum = ((sum << 1n) & 0xffffffffn) ^ ((sum >> 31n) === bit ? 0n : 0x04c11db7n);
  }
  return [24n, 16n, 8n, 0n].map((shift) => Number((sum >> shift) & 255n));
}

function table(id: number, content: readonly number[], inForce: boolean): number[] {
  const bytes = [id, 0xb0, 5 + content.length + 4, 0, 1, inForce ? 0xc1 : 0xc0, 0, 0, ...content];
  return [0, ...bytes, ...checksum(bytes)];
}

interface Film {
  readonly tableId?: number;
  readonly id?: number;
  readonly type?: number;
  readonly inForce?: boolean;
  readonly damage?: number;
  /** Number of another program's table. */
  readonly beside?: readonly number[];
}

/** Seven packets. */
function film({ tableId = 0x1000, id = 0x100, type = AVC, inForce = true, damage = 0, beside = [] }: Film = {}): number[] {
  const programs = [0, 1, 0xe0 | (tableId >> 8), tableId & 0xff, ...beside.flatMap((number) => [0, number, 0xe0, number])];
  const streams = table(2, [0xe0 | (id >> 8), id & 0xff, 0xf0, 0, type, 0xe0 | (id >> 8), id & 0xff, 0xf0, 0], inForce).map((byte, i) => (i === 16 ? byte ^ damage : byte));
  return [...packet(0, table(0, programs, true)), ...packet(tableId, streams), ...[1, 2, 3, 4, 5].flatMap((byte) => packet(id, [byte], 0))];
}

const SOUND = packet(0x101, [1], 0);

async function sizes(...parts: readonly (readonly number[])[]): Promise<number[]> {
  const recordings = await recordingsIn(new Blob([Uint8Array.from(parts.flat())]));
  return recordings.map(({ size }) => size / PACKET_BYTES);
}

it.each([
  ['packet id', { tableId: 0x500, id: 0x12c }],
  ['codec', { type: MPEG2 }],
])('splits a transport stream where its pictures have another %s', async (_case, other) => {
  expect(await sizes(film(), film(), SOUND, film(other), film(other))).toEqual([15, 14]);
});

it.each([
  ['packet id', { tableId: 0x500, id: 0x12c }],
  ['codec', { type: MPEG2 }],
])('splits one whose pictures have another %s for a while, far from both ends', async (_case, other) => {
  const [usual, between] = [film(), film(other)].map((packets) => Uint8Array.from(packets)) as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
  const long = new Array<Uint8Array<ArrayBuffer>>(2000).fill(usual);
  const file = new Blob([...long, between, ...long]);
  expect((await recordingsIn(file)).map(({ size }) => size / usual.length)).toEqual([2000, 1, 2000]);
});

it.each([
  ['they stay the same', {}],
  ['another table is only announced', { id: 0x12c, inForce: false }],
  ['a table is damaged', { id: 0x12c, damage: 1 }],
  ['it holds several programs', { id: 0x12c, beside: [7] }],
])('keeps one whole where %s', async (_case, other) => {
  expect(await sizes(film(), SOUND, film(other))).toEqual([15]);
});

it('splits one before another film follows, too', async () => {
  const avi = `RIFF\xf8\x01\0\0AVI ${' '.repeat(0x1f4)}`.split('').map((letter) => letter.charCodeAt(0));
  const recordings = await recordingsIn(new Blob([Uint8Array.from([...film(), ...film({ type: MPEG2 }), ...avi])]));
  expect(recordings.map(({ size }) => size)).toEqual([7 * PACKET_BYTES, 7 * PACKET_BYTES, avi.length]);
});
