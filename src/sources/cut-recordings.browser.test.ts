import { BlobSource, EncodedPacketSink, Input, MPEG_TS } from 'mediabunny';
import { expect, test } from 'vitest';
import { countedClip, evenly } from '../testing/counted-clip';
import { EVERY, read, readAll, unpacked } from '../testing/read-clip';
import type { CodedFrame } from './video-file/coded-frame';
import { decodeChunks } from './video-file/chunk-decoder';
import { H264Entries } from './video-file/h264-entry';

/**
 * Numbered H.264 frames in open groups of ten pictures, 160×16, 10 fps, in a transport stream that begins in the middle of a group
 * and has no IDR frame; compressed. Browsers cannot encode this. Encoded with x264's `open-gop=1`.
 */
const OPEN_GROUPS = [
  'H4sIAAAAAAACA9WXX0jTURTH72+F/2BsNxtqUqQJpr44y0rbmvNP9tBs9mepFC4KFKPMLBKM2kwqw7BIXeQMDIQShSlpGkmZPmhCpkWRITl7KFFqhmSUbp2zRt7fQy/5sNseLoM93M/5',
  'nC/nnqUnkVjBRIhNSoQeQojgINGty9tc/8MnXe9ml9hWuNntxEFC8VB06wzcs2uJqkxOBN/mc8SLGNDwcUJMTwKURGoxUyINsGMI/B14auv8/Apd1nUn6zMmb2Y/fhpX0l+9alBrA3b1',
  'VWAPSfIq+1/KGBuGMjKVbBlR7jJOVxU0moB9W4qeCNGvlsbO3CiLCKNob/HGvCMkoPlt8kM5IcsIHkLSTHi2EX/Kn2po67fBFx8foc+EdJdHTC7nXMt7s643Jv6M5pLz69DIt5wpXe1E',
  'z8f1x27fKO+WRGreOO/stQO7pgK8q/J58M4aKCiiKJ51fvRsdepI7/la9eTY4dF7RmCPRXbdPG/sth6KLWTZKzOlmJfE/asfhfu2G4BdiXnPvcZh3mVzlGIDWP6WP3k3A3tcJbAXRXDC',
  'zqBT9SGK/ln0556Jo1c31QP7BvRe1smhd3qhlaJ8Fv6LyPtGM7BX7/QmO8v7TKBonOG9JV8c76UnwnZ9XjNj/BTzvRPY49F74ziH3gPlmRTls3UoRfN9E+b9wSn+8h5oaKDYBxZ9tzjv',
  'm9H7gB+P3q0zFOWz8MUi71u08K6OWpfCzt73QUvR2L++qo0kBZ7V1iqzbnBHmiWxJsXX5bNn1j94titroa7reL3RMittN/jHDGRg3hPKwft0rJe9M+Uroq5TdM7qbv/9pA6/c+ojXROB',
  'MvlCkwXYE68A+0IfF5lhKyi0U+wiW8Fr98NaHFq0/WdHDWZmK+RdIsviMO+KDiXFLrD4c6L5rroI7Gunvc7OQs/DDg/i2UcpWLTD5/54afbs75I4E4feg5Jhfwf5bAkJ4v0d5rskdSV/',
  '8z2oAv4IQAtY9BzxfNeg9313efQ+BDs8yGfhS0XecX+X5Kk4299DFLC/g3mW2+qRnnbQYXHe7/Ls75KSFxx6DzkA+zvIZ/m7F+fML/3+yv2gEQAA',
].join('');

/**
 * Numbered H.264 frames without intra frames: every 15 frames a moving stripe begins to refresh the picture (x264's
 * `intra-refresh=1`). The transport stream begins in the middle of a refresh.
 */
const RENEWED = [
  'H4sIAAAAAAACA+3cf0icdRwH8O/znNPTJncfz/PuZv7MZpNBnlo6c3qaTMsNz1prxqrJJq4i2vVztLCbs9gNC63RVhOng8GgCRr9GKwxhSvY/phbRFTUUIsZMZiH0fzDevp+nub8KNQfA/l+v/D4xyH6z3G8fD+f',
  '5/O8/dYFWTrTh1KYNsrYBJtm6fjiPrtpiyH9V101q+xxMja6rZ3J864Y08YZC48k+VnCewAsYUWI8Z8lTuNr9dHnfI2z9pWb6wLsTsaGks3PnWnTrGA47hNDja+6IH/v6pqpinAz30zLYIZa+b6FW2kYpVa6fI0z',
  '7ZkHmW4/Fw7/ncvNZChsJkNhM4Vd3MyvnZLkDGGTmDkMmDOUzeAtNn0F3EymwmYyFTbj7+Zm/vRKdG2iblo1wMyhbi7ipclhQF0AXKxm+m7zczc0g2lz4dT6FC1+w4bnd7e2JT7a+uKrz+xoLfS/9saDF2T73AMs',
  'S2HvWQp7L3oqyLSEU8vmner9uAkw+hb0tu1kSad+0M9o/G/OxvBFC8Rym7fj73aNdTbkjvBv4uN1jzNsWr/ua4wV84jM9vat5macCptxKmymeL+Tab6A2IyksGIDgNlIYvEj58IU5vqyMTJrz/o3Z0BhM6CwmZID',
  '3EzBtxJcVwmcO0pjgLFE4fgX5rDOschUmJtJUdhMisJm7nubm6nYJdwMFdNeDZg3VMwj5gTGwkbkmIu7qX0/wM24FDbjUtjM/W9xM5vmRJuhZKI9gElDybxk7pM62lJZXMRf1s/yGtby+T1V4fk9VWHvqQp7L32T',
  'e3+6W5x3Ij05aQIwIan0Q3QbNm13/LE6FGD1h13nuRm3wmbcCpspw1kslCfXLJbc5AfMSorns4VZrKV4ci/OYmkKm0lT2My6d7iZjtOy7MUonMP7AKOHwvnOHMmuuirzT3IzHoXNeBQ2U45mDm2U0czPlwETh5q5',
  'YZqZ4mZGuBmvwma8Cpt5AO/5TozLdM/nyMsBTBm6dfcuWi+NBHBPAG6F53efwt59Cnuv6OLev3hZvmeUjmdDgDlJ1a9b/IxylcJmVilsZv273Mx5uzTPKKmaoVHAwKRqnpjfjwE3k66wGdU7V9qPvZJ2rhw3ADBx',
  'KJu9VudKsJkq3BNcK5RrTwDrWwBjhlLppUsmY2bE6lwJM4OdK+2vqHzzDOwfBswZ6ubsonkG0hSe362+mBjv/uYg0x1bl8M7xXtBA0y+26/OXJmvzuzpDbKUvEjY6lwJM1PEr6t69jW5rqsuZxNgSNJ8NG7l4zFX',
  'Zf6BsNW5EmamuIO/+6KwUDNUy5YBwFSiC1S2uHIVq9JshjFnda6EmcHOlV6bKlnO9MYAw4bKyVmYw6JjkatW50qcGexc6Y+dlGn/7vqlGjBwqJia+Z3S3MZZc6D5gM/vHoXnd6svJsY79sX0tgqJ+mLuNT2AKUm5',
  '7zB3YcdJXyzP6lwJM1Pazs3suSTMDMXywgRgQFIsnUsqV8YA3vjVnu4btzpXwsxg50o/uFOuWcz9uR8wb6ieEwuzWKh48nWrcyXODHau9KOzEvZn3HP7ALOHwvl6UX/G6lyJMVPezc0Mdsn5/6uemsuAoUPZTJls',
  'Jrfz+d2r8Pxu9cXEeMe+mH4uW6b7VU8kBzAh6SbVvqQvZpRYnSthZrBzpV/6VL5nlJ6xEGBIUjlrrM6VDGawc6VP1svYufK5RwFDh6p52OpciTeDnSt95idJO1e+bQCYONY5VzKZwXOubCt2S3bOle94C2DO/O85',
  'V+BTeH63+mJivBc2B5nNE7fM/Rnfb8OAgXf7/ZlBX2OsrJ/lNEXwcdNdZn/G6lyJMePn93y2e47IdM+Xfq8GmJJLTuYyyTxuksmO/p5rda6EmSni93y28rXy3fOlv9IEmE9UznU+hq28mB+9ef6M1bkSYwbPubI1',
  'jEhzzlX6mQHApFlyztXNkLmSH5398Cum5T7Ub3WuhJkp6eRmntwsOGcImgwtBhgy/3HGVbX5bPhI39Z/AG9Hv2BUWgAA',
].join('');

/** The same without random access marks, as in some broadcasts, or with only the last ones. */
async function unmarked(file: Blob, butLast = 0): Promise<Blob> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const marks: number[] = [];
  for (let at = 0; at < bytes.length; at += 188) {
    const hasFlags = ((bytes[at + 3] ?? 0) & 0x20) !== 0 && (bytes[at + 4] ?? 0) > 0;
    if (hasFlags && ((bytes[at + 5] ?? 0) & 0x40) !== 0) marks.push(at + 5);
  }
  for (const mark of marks.slice(0, marks.length - butLast)) bytes[mark] = (bytes[mark] ?? 0) & ~0x40;
  return new Blob([bytes]);
}

test.each([
  ['that marks where to start', (file: Blob) => file],
  ['that marks nothing', (file: Blob) => unmarked(file)],
  ['that marks only the last place', (file: Blob) => unmarked(file, 1)],
])('a recording without an IDR frame is read from its first recovery point on: one %s', async (_, prepare) => {
  const file = await prepare(await unpacked(OPEN_GROUPS));
  const { info, rows } = await readAll(file, EVERY);
  expect(info).toMatchObject({ container: 'mpeg-ts', size: { width: 160, height: 16 }, brokenOffAtMs: null });
  expect(read(rows).map((row) => row.shown)).toEqual(Array.from({ length: 20 }, (_each, i) => 10 + i));
  expect(rows.filter(({ reason }) => reason === 'no-key-frame')).toHaveLength(rows.length - 20);
});

test.each([
  ['whole', EVERY],
  ['at a few moments', { framesPerSecond: 2 }],
  ['in a part', { framesPerSecond: 'every', fromMs: 3000, toMs: 4500 }],
] as const)('a recording that is renewed stripe by stripe is read from the first whole picture on, %s', async (_, selection) => {
  const { info, rows } = await readAll(await unpacked(RENEWED), selection);
  expect(info).toMatchObject({ container: 'mpeg-ts', frameCount: 39, brokenOffAtMs: null });
  // As many as ffmpeg shows.
  expect(rows.filter(({ timeMs }) => timeMs >= 2690).length).toBe(read(rows).length);
  expect(read(rows).map(({ shown, number }) => (shown ?? 0) - (number ?? 0))).toEqual(read(rows).map(() => 11));
  expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(selection === EVERY || !('fromMs' in selection) ? ['no-key-frame', ''] : ['']));
});

/** A film of 3 s whose video track, the last box in the file, has an edit list of these pieces, in seconds. */
async function edited(...pieces: readonly (readonly [from: number, length: number])[]): Promise<BlobPart[]> {
  const bytes = await countedClip({ format: 'unfinished mp4', codec: 'avc', timesMs: evenly(30, 10) });
  const clock = (box: string) => new DataView(bytes.buffer).getUint32(startOf(bytes, box) + 20);
  const list = pieces.flatMap(([from, length]) => [length * clock('mvhd'), from * clock('mdhd'), 0x10000]);
  const size = 24 + 4 * list.length;
  const edit = new DataView(new ArrayBuffer(size));
  [size, 0, size - 8, 0, 0, pieces.length, ...list].forEach((value, i) => edit.setUint32(4 * i, value));
  ['edts', 'elst'].forEach((type, i) => new TextEncoder().encodeInto(type, new Uint8Array(edit.buffer, 4 + 8 * i)));
  for (const box of ['moov', 'trak']) {
    const view = new DataView(bytes.buffer, startOf(bytes, box));
    view.setUint32(0, view.getUint32(0) + size);
  }
  const end = startOf(bytes, 'trak') + new DataView(bytes.buffer).getUint32(startOf(bytes, 'trak')) - size;
  return [bytes.subarray(0, end), edit, bytes.subarray(end)];
}

/** Offsets of an MKV's blocks, from their track number on. */
function* blocksIn(bytes: Uint8Array<ArrayBuffer>): Generator<number, void, undefined> {
  const view = new DataView(bytes.buffer);
  const lengthBytes = (at: number) => Math.clz32(bytes[at] ?? 0) - 23;
  const numberAt = (at: number) => Array.from(bytes.subarray(at, at + lengthBytes(at))).reduce((value, byte, i) => value * 256 + (i === 0 ? byte & ((1 << (8 - lengthBytes(at))) - 1) : byte), 0);
  const isCluster = (at: number) => at + 4 <= bytes.length && view.getUint32(at) === 0x1f43b675;
  for (let cluster = bytes.findIndex((_, at) => isCluster(at)) + 4; isCluster(cluster - 4); ) {
    const end = cluster + lengthBytes(cluster) + numberAt(cluster);
    for (let at = cluster + lengthBytes(cluster); at < end; ) {
      const body = at + 1 + lengthBytes(at + 1);
      if (bytes[at] === 0xa3) yield body;
      at = body + numberAt(at + 1);
    }
    cluster = end + 4;
  }
}

/** An MKV of one cluster with its frames moved earlier by `byMs`, some to below 0. */
async function early(timesMs: readonly number[], byMs: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await countedClip({ format: 'mkv', codec: 'vp8', timesMs });
  const view = new DataView(bytes.buffer);
  for (const block of blocksIn(bytes)) view.setInt16(block + 1, view.getInt16(block + 1) - byMs);
  return bytes;
}

test.each([
  ['all frames', 0x80],
  ['none', 0],
])('frames of an MKV that declares %s to be key frames are decoded with those that they need', async (_, flag) => {
  const bytes = await countedClip({ format: 'mkv', codec: 'vp8', timesMs: evenly(30, 15) });
  for (const block of blocksIn(bytes)) bytes[block + 3] = ((bytes[block + 3] ?? 0) & 0x7f) | flag;
  const { rows } = await readAll([bytes], { framesPerSecond: 5 });
  expect(rows.map(({ shown }) => shown)).toEqual(evenly(10, 1000).map((number) => 3 * number));
});

test('an MKV whose frames begin before 0 is read from its first frame on, with its own times', async () => {
  const file = new Blob([await early(evenly(5, 20), 130)]);
  const { info, rows } = await readAll(file, EVERY);
  expect(info).toMatchObject({ container: 'mkv', startMs: -130, endMs: 120, frameCount: 5 });
  expect(rows.map(({ shown, timeMs }) => [shown, timeMs])).toEqual([0, 1, 2, 3, 4].map((i) => [i, 50 * i - 130]));
  const evenRows = (await readAll(file, { framesPerSecond: 10 })).rows;
  expect(evenRows.map(({ sample, shown, timeMs }) => [sample, shown, timeMs])).toEqual([[0, 0, -130], [1, 2, -30], [2, 4, 70]]);
  expect((await readAll(file, { framesPerSecond: 'every', fromMs: -40, toMs: 60 })).rows.map(({ shown }) => shown)).toEqual([1, 2, 3]);
});

test('trimmed parts that an MP4 still contains are not read', async () => {
  const { info, rows } = await readAll(await edited([0.6, 1.2]), EVERY);
  expect(info.endMs - info.startMs).toBeCloseTo(1200, 0);
  expect(info.notRead).toEqual([]);
  expect(rows.map(({ shown }) => shown)).toEqual(evenly(12, 1000).map((number) => 6 + number));
});

test.each([
  ['cut out of its middle', [[0.6, 0.5], [2, 0.5]]],
  ['moved to another place', [[2, 0.5], [0.6, 0.5]]],
  ['that comes twice', [[0.6, 0.5], [0.6, 0.5]]],
] as const)('an MP4 with a piece %s is read as it is shown', async (_case, pieces) => {
  const { info, rows } = await readAll(await edited(...pieces), EVERY);
  expect(info).toMatchObject({ frameCount: 10, notRead: [], recordings: 1 });
  expect(rows.map(({ timeMs }) => Math.round(timeMs))).toEqual(evenly(10, 10));
  expect(rows.map(({ number }) => number)).toEqual(evenly(10, 1000));
  expect(rows.map(({ shown }) => shown)).toEqual(pieces.flatMap(([from]) => evenly(5, 1000).map((number) => from * 10 + number)));
  const regular = await readAll(await edited(...pieces), { framesPerSecond: 5 });
  expect(regular.rows.map(({ number }) => number)).toEqual([0, 2, 4, 6, 8]);
});

/** Offset of the last box of this type. */
function startOf(bytes: Uint8Array, type: string): number {
  return new TextDecoder('latin1').decode(bytes).lastIndexOf(type) - 4;
}

test('artificial frames are never returned, even if times do not give the display order', async () => {
  const input = new Input({ source: new BlobSource(await unpacked(OPEN_GROUPS)), formats: [MPEG_TS] });
  const track = await input.getPrimaryVideoTrack();
  const config = track && (await track.getDecoderConfig());
  if (!config) throw new Error('no track');
  const entries = new H264Entries(config.description);
  const sent: CodedFrame[] = [];
  async function* fromFirstStart(sink: EncodedPacketSink) {
    for await (const { timestamp, data } of sink.packets()) {
      const entry = entries.entryFor(data, []);
      if (sent.length === 0 && !entry) continue;
      const coded: CodedFrame = { number: sent.length, timestampMs: timestamp * 1000, key: false, afterJump: false, data: Uint8Array.from(data), entry: entry && { frames: entry, rightFromMs: timestamp * 1000 } };
      sent.push(coded);
      yield coded;
    }
  }
  const times: number[] = [];
  for await (const { frame } of decodeChunks(config, 'decode', fromFirstStart(new EncodedPacketSink(track)))) {
    times.push(frame.timestamp);
    frame.close();
  }
  input.dispose();
  expect(times.length).toBeGreaterThan(10);
  expect(times[0]).toBe(Math.round((sent[0]?.timestampMs ?? NaN) * 1000));
});
