import { expect, it } from 'vitest';
import { lacesFit } from './lacing';

/** Track 1, time 0, flags, then the lacing header, and frames of this many bytes. */
const block = (flags: number, head: readonly number[], bytes: number) => Uint8Array.of(0x81, 0, 0, flags, ...head, ...new Array<number>(bytes).fill(7));

it.each([
  ['Xiph’s, frames of 300, 2 and the rest', block(0x02, [2, 255, 45, 2], 400), true],
  ['Xiph’s that say more than there is', block(0x02, [2, 255, 255, 2], 400), false],
  ['of one size', block(0x84, [3], 400), true],
  ['of one size that do not come out even', block(0x84, [2], 400), false],
  ['EBML’s, frames of 800, 500 and the rest', block(0x06, [2, 0x43, 0x20, 0x5e, 0xd3], 1400), true],
  ['EBML’s that say more than there is', block(0x06, [2, 0x43, 0x20, 0x5e, 0xd3], 1200), false],
  ['EBML’s of a length that is none', block(0x06, [2, 0, 0, 0], 1200), false],
  ['more frames than bytes', block(0x02, [255], 20), false],
])('laces %s', (_case, bytes, expected) => expect(lacesFit(bytes)).toBe(expected));
