import { BlobSource, EncodedPacketSink, Input, MPEG_TS } from 'mediabunny';
import { expect, test } from 'vitest';
import { EVERY, read, readAll } from '../testing/read-clip';
import { decodeChunks, type CodedFrame } from './video-file/chunk-decoder';
import { H264Entries } from './video-file/h264-entry';

/**
 * Numbered frames of H.264 with open groups of ten pictures, 160×16, 10 frames a second, in a transport stream that begins in the
 * middle of a group and holds no IDR frame; compressed. No browser writes such. It was encoded with x264's `open-gop=1`.
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

async function unpacked(packed: string): Promise<Blob> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).blob();
}

/** The same with no packet marked as a place to start at, as broadcasts may be, or only the last ones. */
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

test('artificial frames are never given out, not even where times tell no order of display', async () => {
  const input = new Input({ source: new BlobSource(await unpacked(OPEN_GROUPS)), formats: [MPEG_TS] });
  const track = await input.getPrimaryVideoTrack();
  const config = track && (await track.getDecoderConfig());
  if (!config) throw new Error('no track');
  const entries = new H264Entries(config.description);
  const sent: CodedFrame[] = [];
  async function* fromFirstStart(sink: EncodedPacketSink) {
    for await (const { timestamp, data } of sink.packets()) {
      const entry = entries.entryFor(data, null);
      if (sent.length === 0 && !entry) continue;
      const coded: CodedFrame = { number: sent.length, timestampMs: timestamp * 1000, key: false, afterJump: false, data: Uint8Array.from(data), entry };
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
