import { describe, expect, test } from 'vitest';
import type { Size } from '../engine/geometry';
import { countedClip, evenly, jpegClip, type ClipOptions } from '../testing/counted-clip';
import { EVERY as every, readAll, read } from '../testing/read-clip';
import { openVideo } from './open-video';
import type { FrameSelection, VideoInfo } from './video-file-source';

/** Two seconds at 15 frames per second. */
const SIMPLE = evenly(30, 15);
const KINDS: readonly (readonly [ClipOptions['format'], ClipOptions['codec'], VideoInfo['container']])[] = [
  ['mp4', 'avc', 'mp4'],
  ['fragmented mp4', 'avc', 'mp4'],
  ['webm', 'vp8', 'webm'],
  ['streamed webm', 'vp9', 'webm'],
  ['mkv', 'avc', 'mkv'],
  ['ts', 'avc', 'mpeg-ts'],
];

describe.each(KINDS)('a %s with %s', (format, codec, container) => {
  test('returns every frame once, under its own number', async () => {
    const { info, rows } = await readAll([await countedClip({ format, codec, timesMs: SIMPLE })], every);
    expect(info).toMatchObject({ container, size: { width: 160, height: 120 }, brokenOffAtMs: null });
    expect(info.endMs - info.startMs).toBeCloseTo(2000, -1);
    expect(rows.map(({ sample }) => sample)).toEqual(SIMPLE.map((_, i) => i));
    expect(rows.map(({ number }) => number)).toEqual(SIMPLE.map((_, i) => i));
    expect(rows.map(({ shown }) => shown)).toEqual(SIMPLE.map((_, i) => i));
  });

  test('answers every time with the frame on screen, also a held one', async () => {
    // A second at 10 fps, then one frame for three seconds, then the last.
    const timesMs = [...evenly(11, 10), 4000];
    const { info, rows } = await readAll([await countedClip({ format, codec, timesMs })], { framesPerSecond: 2 });
    const moments = rows.map(({ timeMs }) => Math.round(timeMs - info.startMs));
    expect(moments.slice(0, 9)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]);
    expect(rows.slice(0, 9).map(({ shown }) => shown)).toEqual([0, 5, 10, 10, 10, 10, 10, 10, 11]);
    expect(rows.map(({ number }) => number)).toEqual(rows.map(({ shown }) => shown));
  });

  test('cut at two thirds is read up to there, and reports the position', async () => {
    const whole = await countedClip({ format, codec, timesMs: SIMPLE });
    const { info, rows } = await readAll([whole.subarray(0, Math.floor((whole.length * 2) / 3))], every);
    expect(info.brokenOffAtMs).toBe(info.endMs);
    expect(info.endMs - info.startMs).toBeGreaterThan(700);
    expect(info.endMs - info.startMs).toBeLessThan(1700);
    expect(rows.length).toBeGreaterThan(10);
    expect(read(rows).map(({ shown }) => shown)).toEqual(read(rows).map(({ number }) => number));
    expect(rows.length - read(rows).length).toBeLessThanOrEqual(1);
  });

  test('damaged in its middle is read on after the damage, and reports what is lost', async () => {
    const bytes = await countedClip({ format, codec, timesMs: evenly(60, 15), keyEvery: 5 });
    bytes.fill(0, bytes.length * 0.5, bytes.length * 0.6);
    const { info, rows } = await readAll([bytes], every);
    expect(info.endMs - info.startMs).toBeCloseTo(4000, -2);
    expect(rows.length).toBeGreaterThanOrEqual(58);
    expect(rows.length - read(rows).length).toBeGreaterThan(2);
    expect(rows.length - read(rows).length).toBeLessThan(25);
    // The first and the last second are there.
    expect(read(rows).filter(({ timeMs }) => timeMs - info.startMs < 1000)).toHaveLength(15);
    expect(read(rows).filter(({ timeMs }) => timeMs - info.startMs > 3000 - 1).length).toBeGreaterThanOrEqual(14);
  });
});

test('a fragmented recording cut within a fragment\'s table is read up to there', async () => {
  const whole = await countedClip({ format: 'fragmented mp4', codec: 'avc', timesMs: evenly(20, 10), keyEvery: 5 });
  const text = new TextDecoder('latin1').decode(whole);
  const second = text.indexOf('moof', text.indexOf('moof') + 4) - 4;
  for (const bytes of [8, 12, 40, 60]) {
    const { info, rows } = await readAll([whole.subarray(0, second + bytes)], every);
    expect(rows.map(({ shown }) => shown), `${bytes} bytes of the table`).toEqual([0, 1, 2, 3, 4]);
    expect(info.brokenOffAtMs).toBe(info.endMs);
  }
});

/** JPEGs of noise, too large for any buffer to hold them all. */
function noise(number: number, { width, height }: Size): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  let seed = number + 1;
  for (let i = 0; i < image.data.length; i++) image.data[i] = (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 16;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

/** A file that becomes unreadable when taken away. As in Chrome: its stream fails without a reason. */
function fleeting(bytes: Uint8Array<ArrayBuffer>): { readonly file: Blob; readonly takeAway: () => void } {
  const file = new Blob([bytes]);
  let isGone = false;
  const streamOf = (part: Blob) => {
    const reader = part.stream().getReader();
    const pull = async (controller: ReadableStreamDefaultController<unknown>) => {
      if (isGone) return controller.error(new TypeError('network error'));
      const { done, value } = await reader.read();
      return done ? controller.close() : controller.enqueue(value);
    };
    return new ReadableStream({ pull }, { highWaterMark: 0 });
  };
  file.slice = (from, to) => {
    const part = Blob.prototype.slice.call(file, from, to);
    const arrayBuffer = () => (isGone ? Promise.reject(new DOMException('changed', 'NotReadableError')) : part.arrayBuffer());
    return Object.assign(Blob.prototype.slice.call(part), { stream: () => streamOf(part), arrayBuffer });
  };
  return { file, takeAway: () => (isGone = true) };
}

test('a file removed during reading is reported as that, and results so far stay', async () => {
  const { file, takeAway } = fleeting(await jpegClip(evenly(24, 10), noise, { width: 1280, height: 720 }));
  const source = await openVideo(file);
  let count = 0;
  const reading = async () => {
    for await (const sample of source.frames(every)) {
      if (sample.status === 'read') sample.frame.close();
      if (++count === 1) takeAway();
    }
  };
  await expect(reading()).rejects.toMatchObject({ kind: 'video', reason: 'unreadable' });
  expect(count).toBeGreaterThan(0);
  source.close();
});

test('repeated readings are identical, and ranges and rates return the expected frames', async () => {
  const file = new Blob([await countedClip({ format: 'mp4', codec: 'avc', timesMs: evenly(100, 25), keyEvery: 30 })]);
  const shown = async (selection: FrameSelection) => (await readAll(file, selection)).rows.map((row) => row.shown);
  expect(await shown({ framesPerSecond: 5, fromMs: 1000, toMs: 2000 })).toEqual([25, 30, 35, 40, 45]);
  expect(await shown({ framesPerSecond: 0.5 })).toEqual([0, 50]);
  expect(await shown({ atMs: [0, 1999, 3999, 9999] })).toEqual([0, 49, 99]);
  // More often than there are frames: each is on screen at two times.
  expect(await shown({ framesPerSecond: 50, fromMs: 3900 })).toEqual([97, 98, 98, 99, 99]);
  expect(await readAll(file, every)).toEqual(await readAll(file, every));
});

test('frames of another size in mid-stream are fitted into the first one’s', async () => {
  const sizeOf = (number: number) => (number >= 10 && number < 20 ? { width: 80, height: 60 } : { width: 160, height: 120 });
  const { info, rows } = await readAll([await countedClip({ format: 'webm', codec: 'vp8', timesMs: evenly(30, 15), sizeOf })], every);
  expect(info.size).toEqual({ width: 160, height: 120 });
  expect(new Set(rows.map(({ size }) => size))).toEqual(new Set(['160×120']));
  expect(rows.map(({ shown }) => shown)).toEqual(evenly(30, 15).map((_, i) => i));
});

/** Offsets of a text in a file. */
function find(bytes: Uint8Array, text: string): number {
  return new TextDecoder('latin1').decode(bytes).indexOf(text);
}

test('an MP4\'s stated durations are ignored', async () => {
  const bytes = await countedClip({ format: 'mp4', codec: 'avc', timesMs: SIMPLE });
  // Version 0: scale and duration are 12 bytes after the name; in the track's header, 20.
  const view = new DataView(bytes.buffer);
  view.setUint32(find(bytes, 'mvhd') + 20, 1);
  view.setUint32(find(bytes, 'tkhd') + 24, 1);
  view.setUint32(find(bytes, 'mdhd') + 20, 1);
  const { info, rows } = await readAll([bytes], every);
  expect(info.endMs).toBeCloseTo(2000, 0);
  expect(read(rows)).toHaveLength(30);
});

test('a film mirrored by its file\'s matrix is mirrored', async () => {
  const bytes = await countedClip({ format: 'mp4', codec: 'avc', timesMs: SIMPLE });
  // The matrix of the track's header begins with the share of x in x.
  new DataView(bytes.buffer).setInt32(find(bytes, 'tkhd') + 4 + 40, -0x10000);
  const { info, rows } = await readAll([bytes], every);
  expect(info).toMatchObject({ mirrored: true, rotationDeg: 0, size: { width: 160, height: 120 } });
  const reversed = (number: number) => Number.parseInt(Array.from(number.toString(2).padStart(10, '0')).reverse().join(''), 2);
  expect(rows.map(({ shown }) => shown)).toEqual(SIMPLE.map((_, i) => reversed(i)));
});

test('a VP9 recording with level 0 is decoded', async () => {
  const bytes = await countedClip({ format: 'mp4', codec: 'vp9', timesMs: SIMPLE });
  // Codec configuration: version, flags, profile, level.
  const level = find(bytes, 'vpcC') + 4 + 4 + 1;
  expect(bytes[level]).toBe(10);
  bytes[level] = 0;
  const { info, rows } = await readAll([bytes], every);
  expect(info.codec).toMatch(/^vp09\.00\.00/);
  expect(read(rows)).toHaveLength(30);
});

test.each([3, 0x7fffffff])('an MP4 with durations of %i frames is read completely', async (count) => {
  const bytes = await countedClip({ format: 'mp4', codec: 'avc', timesMs: SIMPLE });
  new DataView(bytes.buffer).setUint32(find(bytes, 'stts') + 12, count);
  const { info, rows } = await readAll([bytes], every);
  expect(info).toMatchObject({ frameCount: SIMPLE.length, brokenOffAtMs: null });
  expect(rows.map(({ shown }) => shown)).toEqual(SIMPLE.map((_, number) => number));
});

test('an MP4 whose tables count more frames than there are bytes is refused at once', async () => {
  const bytes = await countedClip({ format: 'mp4', codec: 'avc', timesMs: SIMPLE });
  const view = new DataView(bytes.buffer);
  view.setUint32(find(bytes, 'stts') + 12, 0x7fffffff);
  // All frames have the same size, which takes no list.
  view.setUint32(find(bytes, 'stsz') + 8, 1);
  view.setUint32(find(bytes, 'stsz') + 12, 0x7fffffff);
  await expect(openVideo(new Blob([bytes]))).rejects.toMatchObject({ kind: 'video', reason: 'damaged' });
});

/** A white box on gray, 64×32, three interlaced H.264 pictures in a transport stream, which browsers cannot encode. */
const INTERLACED = [
  'R0AREABC8CUAAcEAAP8B/wAB/IAUSBIBBkZGbXBlZwlTZXJ2aWNlMDF3fEPK////////////////////////////////////////////////////////////////////////////////',
  '//////////////////////////////////////////////////////////////////////////////////////////////////////////////9HQAAQAACwDQABwQAAAAHwACqxBLL/',
  '////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////',
  '/////////////////////////////////////////////////////////////////////////////////0dQABAAArASAAHBAADhAPAAG+EA8AAVvU1W////////////////////////',
  '////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////',
  '////////////////////////////////////////////////////R0EAMFpQAAB7DH4A////////////////////////////////////////////////////////////////////////',
  '//////////////////////////////////////8AAAHgAACAwAoxAAkQoREAB9hhAAAAAQnwAAAAAWdkABWs2US2AiAAAAMAIAAABkPihTLAAAAAAWj7oOSyLAAAAWWIggsHfyvDfo4j',
  'C60Pu9yce8QHWH4AT0Y41YFHQQAxkgD/////////////////////////////////////////////////////////////////////////////////////////////////////////////',
  '////////////////////////////////////////////////////////////////////////////////////AAAB4AAAgMAKMQAJSOERAAf0gQAAAAEJ8AAAAAFBmiFeQp+jgEdBADKS',
  'EAAAiRx+AP//////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////',
  '//////////////////////////////////////////////////////8AAAHgAACAwAoxAAkswREACRChAAAAAQnwAAAAAQGeQN+Qp9GB',
].join('');

test('interlaced pictures in a transport stream have their full height', async () => {
  const { info, rows } = await readAll([Uint8Array.from(atob(INTERLACED), (character) => character.charCodeAt(0))], every);
  expect(info.size).toEqual({ width: 64, height: 32 });
  expect(rows.map(({ size }) => size)).toEqual(['64×32', '64×32', '64×32']);
});

test.each([['ts', 'avc'], ['webm', 'vp8'], ['mkv', 'avc']] as const)('joined recordings in %s are read to the end of the last one', async (format, codec) => {
  const part = await countedClip({ format, codec, timesMs: SIMPLE });
  const { info, rows } = await readAll([part, part], every);
  expect(info.endMs - info.startMs).toBeCloseTo(4000, -1);
  expect(rows.map(({ shown }) => shown)).toEqual([...SIMPLE, ...SIMPLE].map((_, i) => i % 30));
});

test('an unfinished MP4 is reported as one', async () => {
  const bytes = await countedClip({ format: 'unfinished mp4', codec: 'avc', timesMs: SIMPLE });
  const cut = bytes.subarray(0, find(bytes, 'moov') - 4);
  await expect(openVideo(new Blob([cut]))).rejects.toMatchObject({ kind: 'video', reason: 'no-index' });
});

/** An MP4 whose moov box comes last and ends with another box. */
async function withBoxAtEnd(type: string, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const film = await countedClip({ format: 'unfinished mp4', codec: 'avc', timesMs: SIMPLE });
  const whole = new Uint8Array(film.length + bytes);
  whole.set(film);
  const view = new DataView(whole.buffer);
  const moov = find(film, 'moov') - 4;
  view.setUint32(moov, view.getUint32(moov) + bytes);
  view.setUint32(film.length, bytes);
  whole.set(new TextEncoder().encode(type), film.length + 4);
  return whole;
}

test('an MP4 whose moov box lacks its last bytes, which are only metadata, is read', async () => {
  const bytes = await withBoxAtEnd('udta', 100);
  const { info, rows } = await readAll([bytes.subarray(0, bytes.length - 30)], every);
  expect(info.brokenOffAtMs).toBe(info.endMs);
  expect(read(rows)).toHaveLength(30);
});

test('an encrypted MP4 is reported as one', async () => {
  const bytes = await withBoxAtEnd('sinf', 100);
  // After the brand of the same name.
  bytes.set(new TextEncoder().encode('encv'), new TextDecoder('latin1').decode(bytes).lastIndexOf('avc1'));
  bytes.set(new TextEncoder().encode('schm'), bytes.length - 40);
  await expect(openVideo(new Blob([bytes]))).rejects.toMatchObject({ kind: 'video', reason: 'encrypted' });
});

test('an MP4 with an encrypted video track and a clear one is read in the clear one', async () => {
  const film = await countedClip({ format: 'unfinished mp4', codec: 'avc', timesMs: SIMPLE, beside: { timesMs: [0, 100, 200], sizeOf: () => ({ width: 320, height: 240 }), isDefault: false } });
  const text = new TextDecoder('latin1').decode(film);
  const inner = '\0\0\0\x0cfrmaavc1\0\0\0\x14schm\0\0\0\0cenc\0\x01\0\0';
  const protection = new TextEncoder().encode(`\0\0\0${String.fromCharCode(inner.length + 8)}sinf${inner}`);
  const view = new DataView(film.buffer, film.byteOffset, film.byteLength);
  let at = film.length;
  for (const type of ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd', 'avc1']) {
    at = type === 'moov' ? text.lastIndexOf(type) : text.indexOf(type, at);
    view.setUint32(at - 4, view.getUint32(at - 4) + protection.length);
  }
  film.set(new TextEncoder().encode('encv'), at);
  const end = at - 4 + view.getUint32(at - 4) - protection.length;
  const file = new Blob([film.subarray(0, end), protection, film.subarray(end)]);
  const { info, rows } = await readAll(file, every);
  expect(info).toMatchObject({ track: 1, size: { width: 320, height: 240 } });
  expect(read(rows)).toHaveLength(3);
  await expect(openVideo(file, { track: 0 })).rejects.toMatchObject({ kind: 'video', reason: 'encrypted' });
});

test('a recording that ended before its first frame is reported as one', async () => {
  const bytes = await countedClip({ format: 'streamed webm', codec: 'vp8', timesMs: SIMPLE });
  const cluster = find(bytes, '\x1f\x43\xb6\x75');
  await expect(openVideo(new Blob([bytes.subarray(0, cluster)]))).rejects.toMatchObject({ kind: 'video', reason: 'no-frames' });
});

test('all of a recording by the browser\'s own recorder is read', async () => {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 160, height: 120 });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const parts: Blob[] = [];
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm;codecs=vp8' });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start(100);
  for (let i = 0; i < 30; i++) {
    context.fillStyle = `hsl(${i * 12} 80% 50%)`;
    context.fillRect(0, 0, 160, 120);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  recorder.stop();
  await stopped;
  const { info, rows } = await readAll(parts, { framesPerSecond: 10 });
  expect(info.brokenOffAtMs).toBeNull();
  expect(info.endMs - info.startMs).toBeGreaterThan(1200);
  expect(read(rows)).toHaveLength(rows.length);
  expect(rows).toHaveLength(Math.ceil((info.endMs - info.startMs - 10) / 100));
});

test.each([
  ['nothing', [], 'empty'],
  ['a page that a server sent instead', ['<!doctype html><html><body>Not found</body></html>'], 'web-page'],
  ['an archive', ['PK\x03\x04', new Uint8Array(40), '\0\0\0\x20ftypisom'], 'archive'],
  ['what macOS keeps beside a file', [Uint8Array.of(0, 5, 0x16, 7), 'Mac OS X'], 'resource-fork'],
  ['a picture', [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), new Uint8Array(100)], 'picture'],
  ['pictures one after the other', Array.from({ length: 3 }, () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xd9)), 'container-unsupported'],
  ['a text', ['Notes of an interview.'], 'not-a-video'],
  ['zeros', [new Uint8Array(5000)], 'not-a-video'],
] as const)('%s is no video', async (_case, parts, reason) => {
  await expect(openVideo(new Blob([...parts]))).rejects.toMatchObject({ kind: 'video', reason });
});
