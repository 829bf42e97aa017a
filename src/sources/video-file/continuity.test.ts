import { describe, expect, it } from 'vitest';
import { Continuity } from './continuity';
import { FileWindow } from './file-window';
import { salvageTransportStream } from './salvage-transport-stream';

const PICTURE = 0x100;
const TABLE = 0;

function packet(id: number, counter: number, content: readonly number[], { begins = false, field = [] as readonly number[] } = {}): number[] {
  const head = [0x47, (begins ? 0x40 : 0) | (id >> 8), id & 0xff, (field.length > 0 ? 0x30 : 0x10) | counter, ...(field.length > 0 ? [field.length, ...field] : [])];
  return [...head, ...content, ...new Array<number>(188 - head.length - content.length).fill(0xff)];
}

/** The beginning of a frame that is shown at a time, of which only the lowest 14 bits are written. */
const frame = (counter: number, ms: number, field: readonly number[] = []) =>
  packet(PICTURE, counter, [0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5, 0x21, 0, 1, ((ms * 90) >> 7) & 0xff, ((ms * 90) << 1) & 0xff], { begins: true, field });
const more = (counter: number, byte: number) => packet(PICTURE, counter, [byte]);

function lossesIn(...packets: readonly (readonly number[])[]) {
  const continuity = new Continuity();
  for (const each of packets) continuity.isRepeated(Uint8Array.from(each), 0);
  return continuity.losses;
}

describe('Continuity', () => {
  it.each([
    ['a packet of the picture is missing', [frame(3, 40), more(5, 1), frame(6, 80)]],
    ['16 are but for one, so that the count is 0 again', [packet(TABLE, 5, []), frame(3, 40), frame(0, 80)]],
    ['another is', [packet(TABLE, 1, []), frame(3, 40), packet(TABLE, 3, []), frame(4, 80)]],
  ])('tells behind which picture %s', (_case, packets) => expect(lossesIn(...packets)).toEqual([{ afterMs: 80 }]));

  it.each([
    ['counters run over', [frame(14, 40), more(15, 1), frame(0, 80)]],
    ['a recording was joined', [packet(TABLE, 5, []), frame(3, 40), packet(TABLE, 0, []), frame(0, 80)]],
    ['packets are never counted', [frame(0, 40), more(0, 1), frame(0, 80)]],
    ['a jump is announced', [frame(3, 40), frame(9, 80, [0x80])]],
    ['stuffing is not counted', [packet(0x1fff, 3, []), frame(3, 40), packet(0x1fff, 9, []), frame(4, 80)]],
  ])('misses nothing where %s', (_case, packets) => expect(lossesIn(...packets)).toEqual([]));
});

it('leaves out packets of the picture that were sent twice', async () => {
  const once = [frame(0, 40), more(1, 1), more(2, 2), frame(3, 80), more(4, 3), more(5, 4)];
  const twice = once.flatMap((each, i) => (i % 2 === 1 ? [each, each] : [each]));
  const file = new Blob([Uint8Array.from(twice.flat())]);
  const salvaged = await salvageTransportStream(file, new FileWindow(file));
  expect(salvaged).toMatchObject({ cutShort: false, holesMs: [], losses: [] });
  expect([...new Uint8Array(await salvaged.file.arrayBuffer())]).toEqual(once.flat());
});
