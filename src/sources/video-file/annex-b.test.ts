import { describe, expect, it } from 'vitest';
import { describeAccessUnit } from './annex-b';

const unit = (type: number, ...rest: number[]) => [0, 0, 0, 1, 0x60 | type, ...rest];
const SPS = unit(7, 0x64, 0x00, 0x28, 0xac);
const PPS = unit(8, 0xee);

describe('describeAccessUnit', () => {
  it.each([
    ['a key frame with its parameters', [...unit(9, 0x10), ...SPS, ...PPS, ...unit(5, 1, 2)], { key: true, codec: 'avc1.640028' }],
    ['a key frame alone, behind a short start code', [0, 0, 1, 0x65, 1], { key: true, codec: null }],
    ['a frame that needs others', unit(1, 0x9a), { key: false, codec: null }],
    ['parameters alone', [...SPS, ...PPS], { key: false, codec: 'avc1.640028' }],
    ['parameters that break off', unit(7, 0x64), { key: false, codec: null }],
    ['parameters that break off before a key frame', [...unit(7, 0x64), ...unit(5, 1)], { key: true, codec: null }],
    ['no start code', [1, 2, 3, 4], { key: false, codec: null }],
    ['nothing', [], { key: false, codec: null }],
    ['a start code at the very end', [0, 0, 1], { key: false, codec: null }],
  ])('%s', (_name, bytes, expected) => expect(describeAccessUnit(Uint8Array.from(bytes))).toEqual(expected));
});

describe('a length-prefixed unit', () => {
  /** A configuration record with lengths of four bytes. */
  const description = Uint8Array.from([1, 0x64, 0, 0x28, 0xff]);
  const behindLength = (type: number) => [0, 0, 0, 2, 0x60 | type, 9];

  it.each([
    ['an IDR slice behind its delimiter', [...behindLength(9), ...behindLength(5)], true],
    ['a slice where a player may start, of intra blocks only', [...behindLength(6), ...behindLength(1)], false],
    ['lengths that run out of the frame', [0, 1, 0, 0, 0x65], true],
    ['nothing', [], false],
  ])('%s', (_name, bytes, expected) => expect(describeAccessUnit(Uint8Array.from(bytes), description).key).toBe(expected));
});
