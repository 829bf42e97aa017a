import { describe, expect, it } from 'vitest';
import type { CodedFrame } from './coded-frame';
import { SentPackets } from './sent-packets';

const packet = (number: number, key = false): CodedFrame => ({ number, timestampMs: number * 40, key, afterJump: false, data: Uint8Array.of(number) });
/** Numbers; a dash stands for a packet without data. */
const words = (packets: readonly CodedFrame[]) => packets.map(({ number, data }) => (data ? `${number}` : '-')).join(' ');

/** Two groups of five, sent while the oldest that has no frame yet is two packets back. */
function sent(codec = 'avc1.42001f', count = 10) {
  const packets = Array.from({ length: count }, (_, i) => packet(i, i % 5 === 0));
  const kept = new SentPackets({ codec });
  packets.forEach((each, i) => kept.add(each, packets[Math.max(0, i - 2)]));
  return { packets, kept };
}

const refusing = (...bad: readonly number[]) => (packets: readonly CodedFrame[]) => Promise.resolve(packets.some(({ number, data }) => data && bad.includes(number)));

describe('SentPackets', () => {
  it.each([
    ['a packet', 7, '0 1 2 3 4 5 6 8 9'],
    ['the last', 9, '0 1 2 3 4 5 6 7 8'],
    ['a key frame', 5, '0 1 2 3 4 - 6 7 8 9'],
  ])('finds what was refused and sends the others again: %s', async (_case, bad, expected) => {
    const { packets, kept } = sent();
    expect(words(await kept.withoutRefused(packets.slice(3), refusing(bad)))).toBe(expected);
  });

  it('leaves out one after the other, up to a number', async () => {
    const { packets, kept } = sent('hvc1.1.6.L93.B0', 5);
    for (let i = 5; i < 20; i++) kept.add(packet(i), packets[3]);
    const bad = Array.from({ length: 10 }, (_, i) => 8 + i);
    let again: readonly CodedFrame[] = [];
    for (let i = 0; i < 9; i++) again = await kept.withoutRefused([packet(0), ...packets].slice(4, 5), refusing(...bad));
    expect(words(again)).toBe('0 1 2 3 4 5 6 7 - 17 18 19');
  });

  it('keeps no more than from the key frame on that unanswered packets build on', async () => {
    const { packets, kept } = sent('avc1.42001f', 11);
    const more = [packet(11), packet(12)];
    for (const each of more) kept.add(each, packets[10]);
    expect(words(await kept.withoutRefused([...packets.slice(10), ...more], refusing(12)))).toBe('5 6 7 8 9 10 11');
  });

  it.each([
    ['a codec whose frames carry statistics', 'vp8'],
    ['packets that were not kept', 'avc1.42001f'],
  ])('goes on at the next key frame with %s', async (_case, codec) => {
    const { packets, kept } = sent(codec);
    kept.clear();
    expect(words(await kept.withoutRefused(packets.slice(3), refusing(3)))).toBe('5 6 7 8 9');
    kept.clear();
    expect(words(await kept.withoutRefused(packets.slice(6), refusing(6)))).toBe('');
  });
});
