import { describe, expect, it } from 'vitest';
import type { CodedFrame } from './coded-frame';
import { SentPackets, type Failure } from './sent-packets';

const packet = (number: number, key = false): CodedFrame => ({ number, timestampMs: number * 40, key, afterJump: false, data: Uint8Array.of(number) });
/** Numbers; a dash stands for a packet without data. */
const words = (packets: readonly CodedFrame[]) => packets.map(({ number, data }) => (data ? `${number}` : '-')).join(' ');

/** Groups of five, sent while the oldest that has no frame yet is two packets back. */
function sent(count = 10) {
  const packets = Array.from({ length: count }, (_, i) => packet(i, i % 5 === 0));
  const kept = new SentPackets();
  packets.forEach((each, i) => kept.add(each, packets[Math.max(0, i - 2)]));
  return { packets, kept };
}

/** A decoder that refuses some packets; odd numbers are not references. */
function failure(unanswered: readonly CodedFrame[], bad: readonly number[], given = -1) {
  const looks: number[] = [];
  const isRefused = (packets: readonly CodedFrame[]) => {
    looks.push(packets.length);
    return Promise.resolve(packets.some(({ number, data }) => data && bad.includes(number)));
  };
  return { looks, unanswered, given, isRefused, isDisposable: ({ number }) => number % 2 === 1 } satisfies Failure & { looks: number[] };
}

describe('SentPackets', () => {
  it.each([
    ['one that none builds on', 3, 7, '0 1 2 3 4 5 6 8 9'],
    ['the last', 3, 9, '0 1 2 3 4 5 6 7 8'],
    ['one that others may build on', 3, 6, '0 1 2 3 4 5 -'],
    ['one of the group before', 1, 4, '0 1 2 3 - 5 6 7 8 9'],
    ['a key frame', 3, 5, '0 1 2 3 4 -'],
    ['one that was passed over', 4, 2, '0 1 - 5 6 7 8 9'],
  ])('finds what was refused and sends again what does not build on it: %s', async (_case, oldest, bad, expected) => {
    const { packets, kept } = sent();
    expect(words(await kept.withoutRefused(failure(packets.slice(oldest), [bad])))).toBe(expected);
  });

  it('keeps the packets that it resends, so that more can be refused later', async () => {
    const { packets, kept } = sent();
    await kept.withoutRefused(failure(packets.slice(3), [6]));
    const more = Array.from({ length: 5 }, (_, i) => packet(10 + i, i === 0));
    for (const each of more) kept.add(each, packets[3]);
    expect(words(await kept.withoutRefused(failure([...packets.slice(3, 6), ...more], [12])))).toBe('0 1 2 3 4 5 - 10 11 -');
  });

  it('skips one after another, up to a limit', async () => {
    const { kept } = sent(5);
    for (let i = 5; i < 40; i++) kept.add(packet(i), packet(3));
    const bad = Array.from({ length: 10 }, (_, i) => 9 + 2 * i);
    let again: readonly CodedFrame[] = [];
    for (let i = 0; i < 9; i++) again = await kept.withoutRefused(failure(again.slice(4, 5), bad));
    expect(words(again)).toMatch(/^0 1 2 .* 24 -$/);
  });

  it('resends all if none is refused, but not forever', async () => {
    const { packets, kept } = sent();
    expect(words(await kept.withoutRefused(failure(packets.slice(7), [], 6)))).toBe('0 1 2 3 4 5 6 7 8 9');
    expect(words(await kept.withoutRefused(failure([], [], 7)))).toBe('0 1 2 3 4 5 6 7 8 9');
    expect(words(await kept.withoutRefused(failure(packets.slice(7), [], 7)))).toBe('0 1 2 3 4 5 6 8 9');
  });

  it('examines few packets after the oldest without a frame', async () => {
    const { packets, kept } = sent(5);
    const more = Array.from({ length: 995 }, (_, i) => packet(5 + i));
    for (const each of more) kept.add(each, packets[0]);
    const search = failure([...packets, ...more].slice(600), [603]);
    await kept.withoutRefused(search);
    expect(Math.max(...search.looks)).toBeLessThan(610);
    expect(search.looks.length).toBeLessThan(6);
  });

  it('keeps only packets from the key frame on that unanswered ones depend on', async () => {
    const { packets, kept } = sent(11);
    const more = [packet(11), packet(12)];
    for (const each of more) kept.add(each, packets[10]);
    expect(words(await kept.withoutRefused(failure([...packets.slice(10), ...more], [11])))).toBe('5 6 7 8 9 10 12');
  });

  it('knows which packets the file lacks', async () => {
    const { packets, kept } = sent(5);
    kept.add({ ...packet(5, true), data: null }, packets[3]);
    expect(words(await kept.withoutRefused(failure(packets.slice(3), [3])))).toBe('0 1 2 4 -');
  });

  it('continues at the next key frame if packets were not kept', async () => {
    const { packets, kept } = sent();
    kept.clear();
    expect(words(await kept.withoutRefused(failure(packets.slice(3), [3])))).toBe('5 6 7 8 9');
    kept.clear();
    expect(words(await kept.withoutRefused(failure(packets.slice(6), [6])))).toBe('');
  });

  it('adds a packet in constant time', () => {
    const kept = new SentPackets();
    const first = packet(0, true);
    let read = 0;
    const counted = (i: number): CodedFrame => Object.defineProperty({ ...packet(i) }, 'data', { get: () => (read++, Uint8Array.of(1)) });
    for (let i = 1; i < 1000; i++) kept.add(i === 1 ? first : counted(i), first);
    expect(read).toBeLessThan(5000);
  });
});
