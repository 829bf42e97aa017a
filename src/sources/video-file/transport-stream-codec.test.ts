import { describe, expect, it } from 'vitest';
import { withOneProgram } from './one-program';
import { programsOf, transportStreamCodec } from './transport-stream-codec';
import { undeclaredVideo } from './undeclared-video';

const PMT_ID = 0x1000;

/** A packet that begins a table: 188 bytes, padded with stuffing. */
function packet(id: number, table: readonly number[]): number[] {
  const head = [0x47, 0x40 | (id >> 8), id & 0xff, 0x10, 0];
  return [...head, ...table, ...new Array<number>(188 - head.length - table.length).fill(0xff)];
}

/** A table with a zero checksum. */
function table(id: number, content: readonly number[]): number[] {
  return [id, 0xb0, 5 + content.length + 4, 0, 1, 0xc1, 0, 0, ...content, 0, 0, 0, 0];
}

const programs = packet(0, table(0, [0, 1, 0xe0 | (PMT_ID >> 8), PMT_ID & 0xff]));
/** A program descriptor, then the streams, each with its own descriptor. */
const streams = (...types: readonly number[]) =>
  packet(PMT_ID, table(2, [0xe1, 0, 0xf0, 2, 0x05, 0, ...types.flatMap((type, i) => [type, 0xe1, i, 0xf0, 3, 0x0a, 1, 0])]));
const other = packet(0x100, [1, 2, 3]);

const file = (packets: readonly (readonly number[])[], before: readonly number[] = []) => new Blob([Uint8Array.from(packets.flatMap((each) => [...before, ...each]))]);

it.each([
  ['mpg2', [0x02]],
  ['mpg2', [0x0f, 0x02]],
  ['wvc1', [0x81, 0xea]],
  ['hevc', [0x24]],
] as const)('names %s by the type of its stream', async (codec, types) => {
  expect(await transportStreamCodec(file([other, programs, other, streams(...types)]))).toBe(codec);
});

it('reads packets after time codes (M2TS)', async () => {
  expect(await transportStreamCodec(file([programs, streams(0x02), other], [0x47, 0, 0, 1]))).toBe('mpg2');
});

it('returns null for audio-only streams, and without tables', async () => {
  expect(await transportStreamCodec(file([programs, streams(0x0f)]))).toBeNull();
  expect(await transportStreamCodec(file([other, other]))).toBeNull();
});

describe('a stream of several programs', () => {
  const ids = [PMT_ID - 1, PMT_ID, PMT_ID + 1];
  const salvaged = { cutShort: false, lacksBytes: false, holesMs: [] };
  const isDecoded = (codec: string) => Promise.resolve(codec === 'avc');
  const named = (numbers: readonly number[]) => packet(0, table(0, numbers.flatMap((number, i) => [0, number, 0xe0 | ((ids[i] ?? 0) >> 8), (ids[i] ?? 0) & 0xff])));
  /** Stream type of each program; null: its table is missing. */
  const tables = (types: readonly (number | null)[]) => types.flatMap((type, i) => (type === null ? [] : [packet(ids[i] ?? 0, table(2, [0xe1, 0, 0xf0, 0, type, 0xe1, 0, 0xf0, 0]))]));

  it.each([
    ['the first with pictures', [0x0f, 0x1b, 0x02], [0, 6, 0], ['7 mpg2']],
    ['the first that is decoded', [0x02, 0x24, 0x1b], [0, 0, 7], ['5 mpg2', '6 hevc']],
    ['the first with pictures where none is decoded', [0x0f, 0x02, 0x24], [0, 6, 0], ['7 hevc']],
    ['one that is known, and does not forget one whose table comes late', [null, 0x1b, 0x0f], [0, 6, 0], ['5 ']],
  ])('is left with %s; the others are named, and their tables hidden', async (_case, types, left, beside) => {
    const rest = [other, ...tables(types), named([5, 6, 7])];
    const one = await withOneProgram({ ...salvaged, file: file([named([5, 6, 7]), ...rest]) }, isDecoded);
    expect(one.beside?.map(({ codec, program }) => `${program} ${codec}`)).toEqual(beside);
    const kept = ids[left.findIndex((number) => number > 0)] ?? 0;
    const hidden = tables(types).map((each) => (each[2] === (kept & 0xff) ? each : each.with(5, 0xff)));
    expect(new Uint8Array(await one.file.arrayBuffer())).toEqual(new Uint8Array(await file([named(left), other, ...hidden, named([5, 6, 7])]).arrayBuffer()));
    expect(await programsOf(one.file)).toHaveLength(1);
    // A single program stays unchanged.
    expect(await withOneProgram({ ...salvaged, file: one.file }, isDecoded)).toEqual({ ...salvaged, file: one.file });
  });
});

describe('a stream that its tables declare as private', () => {
  /** Its table, with a registration if it has one, and the first bytes of a unit of it. */
  const stream = (registration: string, unit: readonly number[]) => {
    const descriptor = registration === '' ? [] : [0x05, 4, ...new TextEncoder().encode(registration)];
    const head = [0x47, 0x41, 0x01, 0x10, ...unit];
    return file([programs, packet(PMT_ID, table(2, [0xe1, 1, 0xf0, 0, 0x06, 0xe1, 1, 0xf0, descriptor.length, ...descriptor])), [...head, ...new Array<number>(188 - head.length).fill(0)]]);
  };
  const unit = (kind: number, ...data: readonly number[]) => [0, 0, 1, kind, 0, 0, 0x80, 0, 2, 0xff, 0xff, ...data];

  it.each([
    ['AV1 by its registration', 'AV01', unit(0xbd), 'av01'],
    ['AV1 by its units', '', unit(0xe0, 0x12, 0x00, 0x0a), 'av01'],
    ['unknown video by its units', '', unit(0xe0, 1, 2), ''],
    ['no video: sound', 'Opus', unit(0xbd), null],
    ['no video: data', '', unit(0xbd, 0x12, 0x00), null],
  ])('is %s', async (_what, registration, bytes, codec) => {
    const blob = stream(registration, bytes);
    expect((await transportStreamCodec(blob)) ?? (await undeclaredVideo(blob))).toBe(codec);
  });
});
