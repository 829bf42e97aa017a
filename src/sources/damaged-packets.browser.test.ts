import { BlobSource, BufferTarget, EncodedPacketSink, EncodedVideoPacketSource, Input, MATROSKA, Mp4OutputFormat, Output } from 'mediabunny';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { countedClip, evenly } from '../testing/counted-clip';
import { EVERY, readAll, type Row } from '../testing/read-clip';
import { openVideo } from './open-video';

/** H.264 slice header of a frame that no other references. */
const UNUSED_SLICE = 0x01;
const LENGTH_BYTES = 4;

/** Offset and length of each packet in a file, in order. */
async function* packetsOf(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<{ readonly at: number; readonly length: number }> {
  const input = new Input({ source: new BlobSource(new Blob([bytes.slice()])), formats: [MATROSKA] });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('no track');
  let from = 0;
  for await (const { data } of new EncodedPacketSink(track).packets()) {
    const at = bytes.findIndex((_, i) => i >= from && data.every((byte, k) => bytes[i + k] === byte));
    from = at + data.length;
    yield { at, length: data.length };
  }
  input.dispose();
}

/** The VP9 film of an MKV as an MP4 that lacks one packet's data, and states another to be a key frame. */
async function misstated(bytes: Uint8Array<ArrayBuffer>, empty: number, stated: number): Promise<ArrayBuffer> {
  const input = new Input({ source: new BlobSource(new Blob([bytes])), formats: [MATROSKA] });
  const track = await input.getPrimaryVideoTrack();
  const config = await track?.getDecoderConfig();
  if (!track || !config) throw new Error('no track');
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const source = new EncodedVideoPacketSource('vp9');
  output.addVideoTrack(source);
  await output.start();
  let position = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const changed = position === stated ? { type: 'key' as const } : position === empty ? { data: new Uint8Array(0) } : {};
    await source.add(packet.clone(changed), { decoderConfig: config });
    position++;
  }
  await output.finalize();
  input.dispose();
  return target.buffer ?? new ArrayBuffer(0);
}

/** Overwrites packets, in place; in H.264 keeps the length and, if given, sets the header of their unit. */
async function spoil(bytes: Uint8Array<ArrayBuffer>, positions: readonly number[], header: number | null = null): Promise<void> {
  let position = 0;
  for await (const { at, length } of packetsOf(bytes)) {
    if (!positions.includes(position++)) continue;
    bytes.fill(0xff, at + (header === null ? 0 : LENGTH_BYTES), at + length);
    if (header !== null) bytes[at + LENGTH_BYTES] = header;
  }
}

/** Left-out frames, as ranges, after checking that all others are read with the right content. */
function leftOut(rows: readonly Row[]): string {
  const wrong = rows.filter(({ sample, shown }) => shown !== null && shown !== sample);
  expect(wrong.map(({ sample, shown }) => `${sample} shows ${shown}`)).toEqual([]);
  const lost = rows.filter(({ shown }) => shown === null);
  expect(new Set(lost.map(({ reason }) => reason))).toEqual(new Set(lost.length > 0 ? ['undecodable'] : []));
  const numbers = lost.map(({ sample }) => sample);
  const starts = numbers.filter((number) => !numbers.includes(number - 1));
  const ends = numbers.filter((number) => !numbers.includes(number + 1));
  return starts.map((from, i) => (from === ends[i] ? `${from}` : `${from}–${ends[i]}`)).join(' ');
}

describe.each(['vp8', 'vp9', 'avc'] as const)('packets refused by the decoder, in %s', (codec) => {
  test.each([
    ['one', [14], '14–19'],
    ['two in groups that follow one another', [4, 14], '4–9 14–19'],
    ['two in groups further apart', [14, 33], '14–19 33–39'],
    ['a key frame and another', [10, 22], '10–19 22–29'],
    ['two in the last groups', [44, 58], '44–49 58–59'],
  ] as const)('those that build on them are left out too: %s', async (_case, damaged, expected) => {
    const bytes = await countedClip({ format: 'mkv', codec, timesMs: evenly(60, 10) });
    await spoil(bytes, damaged);
    const { rows } = await readAll([bytes], EVERY);
    expect(rows).toHaveLength(60);
    expect(leftOut(rows)).toBe(expected);
  });
});

test('after a missing packet, a frame that an MP4 falsely states to be a key frame is left out too', async () => {
  const bytes = await countedClip({ format: 'mkv', codec: 'vp9', timesMs: evenly(60, 10) });
  // Frame 18 repeats most of 17, which was not decoded.
  const { rows } = await readAll([await misstated(bytes, 14, 18)], EVERY);
  expect(rows).toHaveLength(60);
  expect(leftOut(rows)).toBe('14–19');
});

test.each([0x02, 0x04, 0x06])('a block that falsely claims several frames loses no frame of its file: %i', async (lacing) => {
  const bytes = await countedClip({ format: 'mkv', codec: 'vp8', timesMs: evenly(60, 10) });
  let position = 0;
  for await (const { at } of packetsOf(bytes)) if ([14, 33].includes(position++)) bytes[at - 1] = (bytes[at - 1] ?? 0) | lacing;
  expect(leftOut((await readAll([bytes], EVERY)).rows)).toBe('');
});

test.each([[[15]], [[15, 33]], [[13, 15]]])('of unreferenced H.264 packets, only the damaged ones are left out: %s', async (damaged) => {
  const bytes = await countedClip({ format: 'mkv', codec: 'avc', timesMs: evenly(60, 10) });
  await spoil(bytes, damaged, UNUSED_SLICE);
  expect(leftOut((await readAll([bytes], EVERY)).rows)).toBe(damaged.join(' '));
});

describe('a decoder reclaimed by the browser', () => {
  afterEach(() => void vi.unstubAllGlobals());

  /** Reclaims the first decoder after this many packets. */
  function takeAwayAfter(count: number): void {
    let isFirst = true;
    class TakenAway extends VideoDecoder {
      readonly #init: VideoDecoderInit;
      #left = isFirst ? count : Infinity;

      constructor(init: VideoDecoderInit) {
        super(init);
        this.#init = init;
        isFirst = false;
      }

      override decode(chunk: EncodedVideoChunk): void {
        super.decode(chunk);
        if (--this.#left > 0) return;
        this.close();
        this.#init.error(new DOMException('Codec reclaimed due to inactivity.', 'QuotaExceededError'));
      }
    }
    vi.stubGlobal('VideoDecoder', TakenAway);
  }

  test.each(['vp8', 'vp9', 'avc'] as const)('loses no frame of %s', async (codec) => {
    const bytes = await countedClip({ format: 'mkv', codec, timesMs: evenly(60, 10), keyEvery: 30 });
    takeAwayAfter(24);
    const { rows } = await readAll([bytes], EVERY);
    expect(rows).toHaveLength(60);
    expect(leftOut(rows)).toBe('');
  });
});

test('the search for a refused packet can be cancelled', async () => {
  const bytes = await countedClip({ format: 'mkv', codec: 'avc', timesMs: evenly(60, 10), keyEvery: 60 });
  await spoil(bytes, [20]);
  const abort = new AbortController();
  let made = 0;
  vi.stubGlobal('VideoDecoder', class extends VideoDecoder {
    constructor(init: VideoDecoderInit) {
      super(init);
      // The second decoder searches for the packet.
      if (++made === 2) abort.abort();
    }
  });
  const source = await openVideo(new Blob([bytes]));
  const numbers: number[] = [];
  for await (const sample of source.frames(EVERY, { signal: abort.signal })) {
    numbers.push(sample.sample);
    if (sample.status === 'read') sample.frame.close();
  }
  source.close();
  vi.unstubAllGlobals();
  expect(numbers.length).toBeLessThanOrEqual(20);
  // One more replaces the first, and decodes nothing.
  expect(made).toBeLessThanOrEqual(3);
});
