import { describe, expect, test } from 'vitest';
import { DEFAULT_SMOOTHING_MS } from '../engine/types';
import type { SessionRecord } from '../export/session-record';
import { onlyEngine } from '../reading/engine-source';
import { sharedEngine } from '../testing/engine';
import { videoClip } from '../testing/video-clip';
import { readVideo, type VideoOptions } from './video-reading';

let streams = 0;

/** Reads like `detectVideo`. Tests that do not depend on the detections use the fast search, which takes a fraction of the time. */
async function read(file: Blob, frameRate: number | 'every', options: VideoOptions = {}): Promise<SessionRecord> {
  const engine = await sharedEngine();
  const source = onlyEngine(engine, await engine.health());
  return readVideo(file, { engine: source, smoothingMs: DEFAULT_SMOOTHING_MS, sensitivity: 'balanced', stream: `detect-video ${streams++}`, frameRate, search: 'fast', ...options });
}

const times = ({ results }: SessionRecord) => results.map(({ timestamp }) => timestamp);
const faces = ({ results }: SessionRecord) => results.map((frame) => frame.faces.map(({ track, emotion }) => `${track} ${emotion}`).join());

test.each(['per-second.mp4', 'per-second.webm', 'per-second.mkv', 'per-second.mov', 'per-second.avi'] as const)(
  'reads the expression of every second of %s',
  async (clip) => {
    const record = await read(await videoClip(clip), 2, { search: clip === 'per-second.mp4' ? 'thorough' : 'fast' });
    expect(record.session).toMatchObject({ kind: 'video', width: 640, height: 480 });
    expect(record.summary).toMatchObject({ total_frames: 6, faces_detected: 6, skipped_frames: 0 });
    expect(times(record)).toEqual(['00:00:00.000', '00:00:00.500', '00:00:01.000', '00:00:01.500', '00:00:02.000', '00:00:02.500']);
    // By the second frame of each second the smoothing has caught up.
    const read1 = faces(record);
    expect([1, 3, 5].map((i) => read1[i])).toEqual(['1 happy', '1 surprise', '1 neutral']);
  },
);

test('each frame of a clip with a variable frame rate has its own time', async () => {
  const record = await read(await videoClip('variable.mp4'), 'every');
  expect(times(record)).toEqual([
    '00:00:00.000', '00:00:00.100', '00:00:00.300', '00:00:01.000', '00:00:01.100', '00:00:01.300', '00:00:02.000', '00:00:02.100', '00:00:02.300',
  ]);
});

test('a clip filmed upright on a phone is rotated before reading', async () => {
  const { session, results } = await read(await videoClip('rotated.mp4'), 2);
  expect(session).toMatchObject({ width: 480, height: 640 });
  expect(results).toHaveLength(4);
  for (const frame of results) {
    const [x, y, width, height] = frame.faces[0]?.box ?? [0, 0, 0, 0];
    expect(Math.abs(x + width / 2 - 240)).toBeLessThan(30);
    expect(Math.abs(y + height / 2 - 288)).toBeLessThan(60);
  }
});

test('odd sizes are read unscaled', async () => {
  const { session, summary } = await read(await videoClip('odd.webm'), 1);
  expect(session).toMatchObject({ width: 321, height: 241 });
  expect(summary.people).toHaveLength(1);
});

test('two people who cross keep their track ids', async () => {
  const { results, summary } = await read(await videoClip('crossing.mp4'), 5);
  expect(summary.people).toHaveLength(2);
  const centers = (i: number) => new Map(results[i]?.faces.map(({ track, box: [x, , width] }) => [track, x + width / 2]));
  const [first, last] = [centers(0), centers(results.length - 1)];
  expect([...first.keys()].sort()).toEqual([...last.keys()].sort());
  // The person from the left is now on the right.
  for (const [track, x] of first) expect((x - 320) * ((last.get(track) ?? x) - 320)).toBeLessThan(0);
});

test('a face that is away for three seconds starts a new track; a face that stays keeps its own', async () => {
  const { summary } = await read(await videoClip('leaving.mp4'), 2);
  expect(summary.people.map(({ tracks }) => tracks)).toEqual([[1], [2], [3]]);
  expect(summary.people.filter(({ face_observations }) => face_observations === 14)).toHaveLength(1);
});

test('a clip without a face has an entry for every sample, and no people', async () => {
  const { results, summary } = await read(await videoClip('nobody.mp4'), 1);
  expect(summary).toMatchObject({ total_frames: 2, faces_detected: 0 });
  expect(results.map((frame) => frame.faces)).toEqual([[], []]);
});

test('reads only the requested part', async () => {
  const record = await read(await videoClip('per-second.mp4'), 5, { fromMs: 1000, toMs: 2000 });
  expect(times(record)).toEqual(['00:00:01.000', '00:00:01.200', '00:00:01.400', '00:00:01.600', '00:00:01.800']);
});

describe('hard cuts between faces at one position', () => {
  test.each([[1, 'thorough'], [5, 'thorough'], ['every', 'fast']] as const)('start a new person with the correct label at once: %s a second, %s', async (rate, search) => {
    // Cuts after one second of the part and after two more.
    const record = await read(await videoClip('cuts.mp4'), rate, { search, fromMs: 1000, toMs: 5000 });
    const each = rate === 'every' ? 10 : rate;
    expect(faces(record)).toEqual([...Array<string>(each).fill('1 happy'), ...Array<string>(2 * each).fill('2 sad'), ...Array<string>(each).fill('3 surprise')]);
  });
});

test.each(['every', 5] as const)('a held frame counts for its whole duration, and ends no track: %s', async (rate) => {
  const { results, summary } = await read(await videoClip('held.mp4'), rate, { search: rate === 'every' ? 'thorough' : 'fast' });
  expect(summary.people).toHaveLength(1);
  expect(summary.emotion_share.happy).toBeCloseTo(0.1, 1);
  expect(summary.dominant_emotion).toBe('sad');
  // Regular sampling has an entry for every sample, held frames included.
  if (rate === 5) expect(results.map(({ sample }) => sample)).toEqual(Array.from({ length: 25 }, (_, i) => i));
});

test('a file is read by its content, whatever its name', async () => {
  const record = await read(await videoClip('per-second.webm', 'wrong.mp4'), 1);
  expect(record.reading).toMatchObject({ frames_asked: 3, frames_read: 3, frames_left_out: [], source: { container: 'webm' } });
});

const half = (bytes: Uint8Array<ArrayBuffer>) => bytes.subarray(0, Math.floor(bytes.length / 2));

/** Replaces an AVI's codec identifier. */
function withCodec(bytes: Uint8Array<ArrayBuffer>, fourcc: string): Uint8Array<ArrayBuffer> {
  for (const at of bytes.keys()) {
    if (String.fromCharCode(...bytes.subarray(at, at + 4)) === 'MJPG') bytes.set(new TextEncoder().encode(fourcc), at);
  }
  return bytes;
}

const bytesOf = async (...clip: Parameters<typeof videoClip>) => new Uint8Array(await (await videoClip(...clip)).arrayBuffer());

test('a truncated AVI is read up to its end, which the record states', async () => {
  const bytes = await bytesOf('per-second.avi');
  const { results, reading } = await read(new File([half(bytes)], 'cut.avi'), 10);
  expect(results.length).toBeGreaterThan(10);
  expect(results.length).toBeLessThan(20);
  expect(reading.source.broken_off_s).toBeGreaterThan(1);
  expect(reading.source.broken_off_s).toBeLessThan(2);
});

test('undecodable frames are left out and counted, and reading continues after them', async () => {
  const bytes = await bytesOf('per-second.avi');
  // Zeroes the frame headers of the middle second.
  const starts = [...bytes.keys()].filter((at) => bytes[at] === 0x30 && String.fromCharCode(...bytes.subarray(at, at + 4)) === '00dc').slice(0, 20);
  for (const at of starts.slice(10)) bytes.fill(0, at + 8, at + 40);
  const { summary, results } = await read(new File([bytes], 'damaged.avi'), 5);
  expect(summary).toMatchObject({ total_frames: 10, skipped_frames: 5 });
  expect(results.map(({ left_out }) => left_out !== undefined)).toEqual(Array.from({ length: 15 }, (_, i) => i >= 5 && i < 10));
});

test.each([
  ['no bytes', () => Promise.resolve(new Uint8Array(0)), 'empty'],
  ['text', () => Promise.resolve(new TextEncoder().encode('Dear diary')), 'not-a-video'],
  ['sound alone', () => bytesOf('sound.webm'), 'no-picture'],
  ['an MP4 whose end is missing', async () => half(await bytesOf('per-second.mp4')), 'no-index'],
  ['an AVI that ends in its header', async () => (await bytesOf('per-second.avi')).subarray(0, 120), 'damaged'],
  ['an AVI in a codec of old', async () => withCodec(await bytesOf('per-second.avi'), 'XVID'), 'codec-unsupported'],
] as const)('refuses %s, each with its reason', async (_, bytes, reason) => {
  await expect(read(new File([await bytes()], 'clip.mp4'), 1)).rejects.toMatchObject({ kind: 'video', reason });
});
