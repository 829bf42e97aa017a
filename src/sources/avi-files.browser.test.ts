import { BlobSource, EncodedPacketSink, Input, MP4 } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { countedClip, evenly, USUAL_SIZE } from '../testing/counted-clip';
import { EVERY, read, readAll, unpacked } from '../testing/read-clip';
import { openVideo } from './open-video';

/** 24 numbered H.264 frames in groups of B-frames that reference one another, 160×16, 10 fps; compressed. Browsers cannot encode this. */
const REORDERED = [
  'H4sIAFYfDmsC/wvydHNzkWJgcAzzVPDxDA55I8jAkJFSlJNYlplhwcDAsKCNkQEGBDgZGCSgbIioAMMCMIkJQGZNAUoUlxTlADHYrLLMlGIPIzMTZHUgc7igbJDZzkD8Hwhg8guApgP1',
  'p2kA2RpgPsQ+RqBqsFlymHZ7hfp5SwAVsUD5BgYpyQyjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYUQA0PsDCyMCQn5KbA0QZP0Z4WPxgHk0To2AUjEQAGqfdw8TAkJtflgkaJ3WGCDOm',
  'pzBwrbnZtEuAgYEZNODKzOjwUSlyAUgq42WFyyYdICO1o4XB/v+/r+o/RK5yuHg/zE58N/V76H2/VOFG8JirJNQsx1kqOc71bx/nyjzU61v/v8Mt+/zlIrAKAZiKeU4Wbf+PHawxnLwQ',
  'JM4PFWecl1jiXP/p2FePQBT1jPOSs5zrv1fsj49oBIlLw23K8FzhmDHThyP//wuDvzc/hCl9WD7tIJpdbXmBBvfPTgjalwgSF4SbuTRT4D7QLlfmo41oti3Pg9rWABIXhdu2xpRDd6XR',
  'DBbz/y+MhJQdwLqE4PacSpniEmP+H24TwlcvITZh+Oo1ij0ycHs+QO2x//9++nzZBHmtd3+u3z2PYtt8PjTb4P6ar4vLX/P1sftrtgk+f80PwuWv+YXY/TW/GMUeKbg95XB7EiL0ds6Z',
  'I6T6JBHVrqkQu76uN5uwAdWubUAzf5n3qLsyZKZUGDYwMsDtBI37g9IxbNw/AIglkfhFDJA5BBi/C4j5kfiL0OR3AbE0Ev8emvw3IBZE4gswosprAPmiSHw3IF8IiZ/AiGp/BZr+CUC+',
  'DBJ/C5r+c4yo9r9A08/AhGq/HBOqfgsmVPsDmFD1ZwD5UsjhhaZ/CVQ/AD3jfO1MGgAA',
].join('');

interface Stored {
  readonly frames: readonly Uint8Array[];
  /** Header bytes after the size. */
  readonly extra?: Uint8Array;
  /** Width and height of the picture, in the header's list of properties. */
  readonly shape?: readonly [number, number];
  readonly fourcc: string;
}

function bytesOf(...parts: readonly (string | number | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'string') return Array.from(part, (letter) => letter.charCodeAt(0));
      return typeof part === 'number' ? [0, 8, 16, 24].map((shift) => (part >>> shift) & 255) : Array.from(part);
    }),
  );
}

const chunk = (id: string, ...content: readonly (string | number | Uint8Array)[]) => {
  const bytes = bytesOf(...content);
  return bytesOf(id, bytes.length, bytes, new Uint8Array(bytes.length % 2));
};

/** Ten frames per second. */
function avi({ frames, extra = new Uint8Array(), shape, fourcc }: Stored): Uint8Array<ArrayBuffer> {
  const { width, height } = USUAL_SIZE;
  const stream = chunk('strh', 'vids', fourcc, 0, 0, 0, 1, 10, 0, frames.length, 0, 0, 0, 0, 0);
  const format = chunk('strf', 40 + extra.length, width, height, 1 | (24 << 16), fourcc, 0, 0, 0, 0, 0, extra);
  const properties = shape ? [chunk('vprp', 0, 0, 10, width, height, shape[1] | (shape[0] << 16), width, height, 1)] : [];
  const header = chunk('LIST', 'hdrl', chunk('LIST', 'strl', stream, format, ...properties));
  return chunk('RIFF', 'AVI ', header, chunk('LIST', 'movi', ...frames.map((frame) => chunk('00dc', frame))));
}

/** Length-prefixed frames of an MP4, and the decoder's description. */
async function h264(): Promise<{ readonly frames: readonly Uint8Array[]; readonly extra: Uint8Array }> {
  const clip = await countedClip({ format: 'mp4', codec: 'avc', timesMs: evenly(12, 10), keyEvery: 5 });
  const input = new Input({ source: new BlobSource(new Blob([clip])), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  const description = track && (await track.getDecoderConfig())?.description;
  if (!(description instanceof Uint8Array)) throw new Error('no description');
  const frames: Uint8Array[] = [];
  for await (const { data } of new EncodedPacketSink(track as NonNullable<typeof track>).packets()) frames.push(data);
  return { frames, extra: description };
}

test.each([
  ['VP80', 'container-unsupported', 'AVI with VP8'],
  ['XVID', 'codec-unsupported', 'MPEG-4 Part 2 (Xvid, DivX)'],
])('an AVI with %s is refused as what it is', async (fourcc, reason, detail) => {
  await expect(openVideo(new Blob([avi({ frames: [Uint8Array.of(1)], fourcc })]))).rejects.toMatchObject({ kind: 'video', reason, detail });
});

describe('an AVI with H.264 copied unchanged from an MP4', () => {
  test('is read using the description in its header', async () => {
    const { info, rows } = await readAll([avi({ ...(await h264()), fourcc: 'avc1' })], EVERY);
    expect(info).toMatchObject({ container: 'avi', codecName: 'H.264', size: USUAL_SIZE });
    expect(rows.map(({ shown }) => shown)).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });

  test('is displayed in the shape that its header states', async () => {
    const { info, rows } = await readAll([avi({ ...(await h264()), fourcc: 'avc1', shape: [8, 3] })], EVERY);
    expect(info.size).toEqual({ width: 320, height: 120 });
    expect(new Set(rows.map(({ size }) => size))).toEqual(new Set(['320×120']));
    expect(rows.map(({ shown }) => shown)).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });
});

test.each([24, 7, 5, 3])('H.264 frames stored out of display order are read in display order, the first %i frames', async (count) => {
  const { rows } = await readAll(await unpacked(REORDERED), { framesPerSecond: 10, toMs: count * 100 });
  expect(rows.map(({ shown }) => shown)).toEqual(Array.from({ length: count }, (_, i) => i));
});

test('H.264 that breaks off among such frames leaves out those that stood behind the last ones', async () => {
  const whole = new Uint8Array(await (await unpacked(REORDERED)).arrayBuffer());
  const text = new TextDecoder('latin1').decode(whole);
  const places = [...text.slice(text.indexOf('movi')).matchAll(/00dc/g)].map(({ index }) => index + text.indexOf('movi'));
  let lost = 0;
  for (let count = 12; count < 24; count++) {
    const { info, rows } = await readAll([whole.subarray(0, (places[count] ?? 0) + 9)], EVERY);
    expect(rows.map(({ timeMs }) => Math.round(timeMs / 100)), `${count} frames`).toEqual(Array.from(rows, (_, i) => i));
    expect(read(rows).map(({ timeMs }) => Math.round(timeMs / 100))).toEqual(read(rows).map(({ shown }) => shown));
    expect([read(rows).length, info.brokenOffAtMs]).toEqual([count, info.endMs]);
    lost += rows.length - count;
  }
  expect(lost).toBe(16);
});

test.each([
  ['wide pixels', [16, 9], { width: 213, height: 120 }],
  ['narrow pixels', [1, 1], { width: 160, height: 160 }],
  ['no shape', [0, 0], USUAL_SIZE],
  ['an impossible shape', [4000, 1], USUAL_SIZE],
] as const)('Motion JPEG with %s is displayed so', async (_name, shape, size) => {
  const canvas = new OffscreenCanvas(USUAL_SIZE.width, USUAL_SIZE.height);
  canvas.getContext('2d');
  const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
  const { info, rows } = await readAll([avi({ frames: [jpeg, jpeg], fourcc: 'MJPG', shape })], EVERY);
  expect(info.size).toEqual(size);
  expect(rows.map((row) => row.size)).toEqual(Array.from({ length: 2 }, () => `${size.width}×${size.height}`));
});

test('a damaged H.264 AVI resumes at the next key frame, at the right time', async () => {
  const stored = await h264();
  const file = avi({ ...stored, fourcc: 'avc1' });
  const places = [...file.keys()].filter((at) => '00dc'.split('').every((letter, i) => file[at + i] === letter.charCodeAt(0)));
  file.fill(0, places[2], (places[3] ?? 0) + 8);
  const { info, rows } = await readAll([file], EVERY);
  expect(info.brokenOffAtMs).toBeNull();
  expect(rows.map(({ timeMs, shown, reason }) => `${Math.round(timeMs / 100)} ${shown ?? reason}`)).toEqual([
    '0 0', '1 1', '2 damaged', '3 damaged', '4 undecodable', '5 5', '6 6', '7 7', '8 8', '9 9', '10 10', '11 11',
  ]);
});
