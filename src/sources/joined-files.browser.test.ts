import { describe, expect, test } from 'vitest';
import { countedClip, evenly, jpegClip } from '../testing/counted-clip';
import { EVERY, read, readAll, unpacked } from '../testing/read-clip';
import { openVideo } from './open-video';

/** Two seconds at 15 frames per second, and one of ten frames. */
const TWO_SECONDS = evenly(30, 15);
const ONE_SECOND = evenly(10, 10);
const LARGE = { width: 320, height: 240 };
const SMALL = { width: 160, height: 120 };

const mp4 = (timesMs = TWO_SECONDS) => countedClip({ format: 'mp4', codec: 'avc', timesMs });
const fragmented = () => countedClip({ format: 'fragmented mp4', codec: 'avc', timesMs: TWO_SECONDS });
const indexLast = () => countedClip({ format: 'unfinished mp4', codec: 'avc', timesMs: TWO_SECONDS });
const webm = () => countedClip({ format: 'webm', codec: 'vp8', timesMs: TWO_SECONDS });

const transport = () => countedClip({ format: 'ts', codec: 'avc', timesMs: TWO_SECONDS });

const countTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const cut = (bytes: Uint8Array<ArrayBuffer>, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));

describe('recordings joined byte by byte are read in sequence:', () => {
  test.each([
    ['MP4s', mp4, mp4],
    ['MP4s with the table of frames at the end', indexLast, indexLast],
    ['fragmented MP4s', fragmented, fragmented],
    ['a fragmented one behind a plain one', mp4, fragmented],
    ['a plain one behind a fragmented one', fragmented, mp4],
    ['a WebM behind an MP4', mp4, webm],
    ['an MP4 behind a WebM', webm, mp4],
    ['an MP4 behind a transport stream', transport, mp4],
    ['WebMs of two codecs', webm, () => countedClip({ format: 'webm', codec: 'vp9', timesMs: TWO_SECONDS })],
  ] as const)('%s', async (_, first, second) => {
    const file = new Blob([await first(), await second()]);
    const { info, rows } = await readAll(file, EVERY);
    expect(info).toMatchObject({ recordings: 2, frameCount: 60, brokenOffAtMs: null, notRead: [], bytes: file.size });
    expect(info.endMs - info.startMs).toBeCloseTo(4000, -1);
    expect(rows.map(({ shown }) => shown)).toEqual([...countTo(30), ...countTo(30)]);
    expect(rows.map(({ sample }) => sample)).toEqual(countTo(60));
    expect(rows.map(({ number }) => number)).toEqual(countTo(60));
    const steps = rows.slice(1).map(({ timeMs }, i) => timeMs - (rows[i]?.timeMs ?? 0));
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(2);
    expect(await readAll(file, EVERY)).toEqual({ info, rows });
  });

  test('a film after a transport stream that breaks off within a packet, which is reported', async () => {
    const bytes = await transport();
    for (const film of [await mp4(), await webm()]) {
      const { info, rows } = await readAll(new Blob([bytes, bytes.subarray(0, 100), film]), EVERY);
      expect(info).toMatchObject({ recordings: 2, frameCount: 60, brokenOffAtMs: null, notRead: [{ what: 'end-of-recording' }] });
      expect(rows.map(({ shown }) => shown)).toEqual([...countTo(30), ...countTo(30)]);
    }
  });

  test('three of different sizes, rates and codecs, in one coordinate system, at even times and at any', async () => {
    const sized = await countedClip({ format: 'mp4', codec: 'vp9', timesMs: ONE_SECOND, sizeOf: () => LARGE });
    const file = new Blob([await mp4(), sized, await jpegClip(TWO_SECONDS)]);
    const { info, rows } = await readAll(file, { framesPerSecond: 5 });
    expect(info).toMatchObject({ recordings: 3, frameCount: 70, size: SMALL, variableFrameRate: true });
    expect(info.codec).toMatch(/^avc1.*, vp09.*, jpeg$/);
    expect(info.endMs).toBeCloseTo(5000, -1);
    expect(rows.map(({ timeMs }) => Math.round(timeMs))).toEqual(countTo(25).map((i) => i * 200));
    expect(rows.map(({ shown }) => shown)).toEqual([...countTo(10).map((i) => i * 3), 0, 2, 4, 6, 8, ...countTo(10).map((i) => i * 3)]);
    expect(rows.map(({ sample }) => sample)).toEqual(countTo(25));
    expect(new Set(rows.map(({ size }) => size))).toEqual(new Set(['160×120']));
    expect((await readAll(file, { atMs: [100, 2500, 4900, 5100] })).rows.map(({ sample, shown }) => [sample, shown])).toEqual([[0, 1], [1, 5], [2, 28]]);
    expect((await readAll(file, { framesPerSecond: 'every', fromMs: 1900, toMs: 2200 })).rows.map(({ number, shown }) => [number, shown])).toEqual([[28, 28], [29, 29], [30, 0], [31, 1]]);
  });

  test.each([['webm', 'vp8'], ['mkv', 'vp8'], ['ts', 'avc']] as const)('a damaged %s after another one counts the frames that it lost', async (format, codec) => {
    const whole = await countedClip({ format, codec, timesMs: evenly(60, 15), keyEvery: 5 });
    const damaged = whole.slice();
    damaged.fill(0, damaged.length * 0.5, damaged.length * 0.6);
    const { rows } = await readAll([whole, damaged], EVERY);
    expect(rows.length).toBeGreaterThanOrEqual(118);
    expect(rows.length).toBeLessThanOrEqual(121);
    expect(rows.slice(0, 60).map(({ shown }) => shown)).toEqual(countTo(60));
    expect(read(rows.slice(60)).length).toBeLessThan(58);
  });

  test('an unreadable file after one is reported, and is not damage', async () => {
    const { info, rows } = await readAll([await mp4(), 'FLV\x01\x05\0\0\0\x09', new Uint8Array(500)], EVERY);
    expect(info).toMatchObject({ recordings: 1, brokenOffAtMs: null, notRead: [{ what: 'recording', detail: 'container-unsupported' }] });
    expect(info.notRead[0]?.atMs).toBeCloseTo(2000, 0);
    expect(rows.map(({ shown }) => shown)).toEqual(countTo(30));
  });

  test('missing parts of one are reported', async () => {
    const broken = await readAll([await mp4(), cut(await mp4(), 0.8)], EVERY);
    expect(broken.info).toMatchObject({ recordings: 2, notRead: [] });
    expect(broken.info.brokenOffAtMs).toBe(broken.info.endMs);
    expect(read(broken.rows).length).toBeGreaterThan(35);

    const unfinished = await readAll([await mp4(), cut(await indexLast(), 0.5)], EVERY);
    expect(unfinished.info).toMatchObject({ recordings: 1, brokenOffAtMs: unfinished.info.endMs, notRead: [{ what: 'recording', detail: 'no-index' }] });
    expect(unfinished.info.notRead[0]?.atMs).toBeCloseTo(2000, 0);
    expect(read(unfinished.rows)).toHaveLength(30);

    const brokenFirst = await readAll([cut(await mp4(), 0.8), await mp4()], EVERY);
    expect(brokenFirst.info).toMatchObject({ recordings: 2, brokenOffAtMs: null, notRead: [{ what: 'end-of-recording', detail: '' }] });
    expect(read(brokenFirst.rows).slice(-30).map(({ shown }) => shown)).toEqual(countTo(30));

    const unfinishedFirst = await readAll([cut(await indexLast(), 0.5), await mp4()], EVERY);
    expect(unfinishedFirst.info).toMatchObject({ recordings: 1, brokenOffAtMs: null, notRead: [{ what: 'recording', atMs: 0, detail: 'no-index' }] });
    expect(unfinishedFirst.rows.map(({ shown }) => shown)).toEqual(countTo(30));
  });
});

test.each([
  ['zeros behind an MP4', mp4, new Uint8Array(70_000)],
  ['a text behind one', mp4, 'Notes of an interview. '.repeat(100)],
  ['zeros behind a WebM', webm, new Uint8Array(70_000)],
])('bytes behind the last frame that are none of the film do not break it off: %s', async (_, make, junk) => {
  const { info, rows } = await readAll([await make(), junk], EVERY);
  expect(info).toMatchObject({ recordings: 1, brokenOffAtMs: null });
  expect(rows.map(({ shown }) => shown)).toEqual(countTo(30));
});

test.each([
  ['zeros before an MP4', mp4, new Uint8Array(1000)],
  ['64 kB of them', mp4, new Uint8Array(65_536)],
  ['a header that was saved with it', fragmented, 'HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n'],
  ['one before a WebM', webm, 'HTTP/1.1 200 OK\r\nContent-Type: video/webm\r\n\r\n'],
  ['one before a transport stream', transport, `HTTP/1.1 200 OK\r\n${'X-Pad: .\r\n'.repeat(100)}\r\n`],
] as const)('bytes that are none of the film are passed over: %s', async (_, make, junk) => {
  const film = await make();
  const file = new File([junk, film], 'film.mp4');
  const { info, rows } = await readAll(file, EVERY);
  expect(info).toMatchObject({ name: 'film.mp4', bytes: file.size, brokenOffAtMs: null });
  expect(rows.map(({ shown }) => shown)).toEqual(countTo(30));
});

describe.each([['mp4', 'avc'], ['mkv', 'vp8'], ['webm', 'vp8']] as const)('a %s with two video tracks', (format, codec) => {
  const clip = (isDefault: boolean) => countedClip({ format, codec, timesMs: TWO_SECONDS, beside: { timesMs: ONE_SECOND, sizeOf: () => LARGE, isDefault } });

  test('is read in its default track, and reports the other', async () => {
    const first = await readAll([await clip(false)], EVERY);
    expect(first.info).toMatchObject({ track: 0, size: SMALL, notRead: [{ what: 'track', atMs: null }] });
    expect(first.info.notRead[0]?.detail).toMatch(/^(?:H\.264|VP8), 320 × 240$/);
    expect(first.info.tracks.map(({ size }) => size)).toEqual([SMALL, LARGE]);
    expect(first.rows).toHaveLength(30);

    const second = await readAll([await clip(true)], EVERY);
    expect(second.info).toMatchObject({ track: 1, size: LARGE });
    expect(second.rows.map(({ shown }) => shown)).toEqual(countTo(10));
  });

  test('is read in the chosen track', async () => {
    const file = new Blob([await clip(false)]);
    const chosen = await readAll(file, EVERY, { track: 1 });
    expect(chosen.info).toMatchObject({ track: 1, size: LARGE, frameCount: 10 });
    expect(chosen.rows.map(({ shown }) => shown)).toEqual(countTo(10));
    await expect(openVideo(file, { track: 2 })).rejects.toMatchObject({ kind: 'video', reason: 'nothing-in-range' });
  });
});

test('all of an MP4 with a thousand frames in one chunk is read', async () => {
  const { info, rows } = await readAll([await mp4(evenly(1000, 2500))], EVERY);
  expect(info).toMatchObject({ container: 'mp4', frameCount: 1000 });
  expect(rows.map(({ shown }) => shown)).toEqual(countTo(1000));
});

test('an MP4 with JPEG frames is read frame by frame, rotated as the file says', async () => {
  const bytes = await jpegClip(TWO_SECONDS);
  const { info, rows } = await readAll([bytes], EVERY);
  expect(info).toMatchObject({ container: 'mp4', codec: 'jpeg', codecName: 'Motion JPEG', size: SMALL, rotationDeg: 0 });
  expect(rows.map(({ shown }) => shown)).toEqual(countTo(30));

  // The matrix of the track's header, after 40 bytes of version 0: a quarter turn clockwise.
  const matrix = new TextDecoder('latin1').decode(bytes).indexOf('tkhd') + 4 + 40;
  const view = new DataView(bytes.buffer);
  [0, 0x10000, 0, -0x10000, 0, 0].forEach((value, i) => view.setInt32(matrix + i * 4, value));
  const turned = await readAll([bytes], EVERY);
  expect(turned.info).toMatchObject({ rotationDeg: 90, size: { width: 120, height: 160 } });
  expect(new Set(turned.rows.map(({ size }) => size))).toEqual(new Set(['120×160']));
});

/**
 * 24 numbered H.264 frames at 10 fps in one track of an MP4: eight of 160×16, eight of 80×8 and eight of 160×16 again, with a sample
 * description per size; compressed. Browsers cannot encode this.
 */
const TWO_SIZES = [
  'H4sIAKgiDmsC/2NgYFBIK6ksyCzOz2VgYGIA0UBslFiWbJhbYGLIwMC8PTc/v4yBgSEntywjhQEFML9gYOBMYGBkACEEYERVhc53YMALmIDmOpcUJWYD2TEl2WA7mTFNA9rLgN8erPYu',
  'AGIBsDX3c1MyE4EMhdwUdH9pAHECQ+gRMEc3IyWnCCZTlpmSiqwyDMjP90jMS8lJBalh6srNzEsDMkTKcsGGIjtBJQUiJ5NSlJqG5ESe0qIcBQibyau4JCkHyATSxSmIAGGYC4oQHN4E',
  'eUqAwQNIe8BU8PgA1SvkZCZVGJmZYAtkif//gaQxUJUzYwoD1/+HDGLpQHrNJtYSBVBwgwimxkcuJxkZ2DJeH/JWOvD3xw+QRpGkkqISiBnsBlDD8DsugIGDWo7j/rOhAeQ6IMHF3ims',
  'gsdxbIdghhWXlBQjOU6CgYEFxJYBhjBMnBkqxwnEgkBsApRLRpPjgNJMUDYTVA4mXgLUU4XsCSCWA2JRIJYCYmGQnVBaFEqrQNlCUFoMyhaCyqtBxcWhfEk0/UA/JOcj3Ml8H+i3aQwM',
  'rM5A56nmpiSCwkIqtaOF9/+/r+o/RK5yuHg//Pn37aslLlYaLgcaQb51nGUtcH9j+7uj9f+Pf0t/zweKUzHHWf4cKacSef/XcO2XdMzapz9d7fKVg0AZfsdZRRXOJ6ccaPtfwy328BjI',
  'n46zJsGF2E0T5I3qfkl+Wy63EaJ8E5Ly4xALL8GEuNbc5XWCGvsJTZ0CirMzGAQKjKJ+zPm4YNORsz1SRvND6mGOX/5Q8/////9c1hx9efIAUJAP6niu+m8Xg08chCiDOXpGsElNxPPl',
  'oCBGOLvKskPpssS8nRDNEAe32v8t4jwIEbkEFXkWyJGI6tgpkem2lkAhpdSOJub//74V13Bl526YIf5j8ifTMOfwBI/coDXNq3Z8MXjUgyushdHCen/8ChwBLYoR0I3pgQ0UhDIA09ig',
  'M/wFAAA=',
].join('');

test('all of an MP4 with several sample descriptions is read, in the first one’s size', async () => {
  const file = await unpacked(TWO_SIZES);
  const { info, rows } = await readAll(file, EVERY);
  expect(info).toMatchObject({ size: { width: 160, height: 16 }, frameCount: 24, brokenOffAtMs: null });
  expect(rows.map(({ shown, size }) => [shown, size])).toEqual(Array.from({ length: 24 }, (_, i) => [i, '160×16']));
  const middle = await readAll(file, { framesPerSecond: 'every', fromMs: 1200, toMs: 2000 });
  expect(middle.rows.map(({ shown }) => shown)).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
});

/**
 * 108 numbered H.264 frames at 10 fps in one track of an MP4: eight of 160×16, and a hundred of 80×8 with their own sample description,
 * in open groups of four, of which only the first begins with an IDR frame; compressed.
 */
const OPEN_GROUPS = [
  'H4sIAOgxDmsC/+1WbUxTVxg+FxjUypdQvgwOFG2paDYYURcw2okTpToTdV8uQqFgmb2U0VpFnaBRrJ9zAaer2OJ0Aoka3HDL5lCYbCTTGQ04jBqrCxpFESErqYH27j333tpLLWBa92ex6XvvOfe85z',
  'nPfc5z3hYhFJunKS7MV6tIhLwQvkMkybQ5iWRhciJCvGZSpdIihJSkViFHgz7e9xGa/CYiEP46PsTgLOf+bDTsxwvWXKwpkq2C9ieaVfSa3s+jwbpo+HVcrlsFEYwbfo9Ieb4MGrGk3Pm94mFuHVrW',
  'THemKuTKIvuINl+ey818H/qqdFmBXJmLc/z2k/kFedAQaEkalEthopwZi5YX5eZxKPqvLlLGMm2/D9SabCU0M9QatdwhCDqEN2SI18QvFYzS4Z5uz/CXQn6sMj97bdK0ZFciR1IUXN+CrDmEHPGpOy',
  'h8JdyPd/Dvz8Zyw+U17+btaaUE8lU8/DtjQqPVYsETBdmaIg2D4XuRBTMMS24x4rlFLplDLoIhF/FUhskR+CIICpkUMgw7v4V2NLVGo+awA3l9cHstSGx/PpYdG4W3g3WIAM/F24U9grePMQaaAoG9',
  'h6nPgEhlrZXGvqOUfmeElkJ8iD0MkQWBt1MBzAtzHHyUzLo+LDceV8EX6Psgz+a/6r/q/5/79LmIh3OewymleJzH3r3Ycwl3ohny1nGqED6br7M1ANeDKIhQti6MgYiAmAQRDhHI1ogxbG4QRBxECD',
  'sfjwvZXPu4vW8fFznNFzrNn+w0fzLLwT4udpof6zQ/foT1R+Ivcpo/ZYT1RS/An7t+ghvzuetHMrU+R8X5H/EISroeop2Uy/Dvwthc3RbUbTOf2sD/9EHnDv/7SZut04/zHnrXrME7K9GLTwVQHVt9',
  '/by2UT28P4utTQfwLwJhmNsxneoNfGNH2yboh0n0i5+USY8Fm66uvyan+hZUDIyOa8S0CANZG0CZayPOLf9x72GcGyzRF4u2pH4t5amoq5/Pi8b/OAIIwz5IAzzd6RD8IFSiP2RPUs04G2MNeKcJHo',
  '/HbE02s8giuMpLU6DQ8KSV40XKs/wTSfx3L+T2nb6DJcKk+SWmv9opiupYcHFFZSU85WPKYqpvYd4V/BMm0VV4U7Y+9Qb+KrLuQGDa9zEfDfhK5IXLp904yxAi7YS2Ytb+wLo3N7muulMdiRcZDYwB',
  'zlYZWr4dujESXdUzPC1F9VfvJbqOLRoQmBtm9SbkYIRAwtCApTi60VpwK0PHqFtLYz5P9TcH1QkSXb2D6v46r8sTFioU64jrVU391T+VUK2UDb80YegC9K7l9/zbpOiP9stB9xjWTwezNoZxWAN0oz',
  'P0Hh4DXSOcBdAUDW2cSRNXhJwv+3lpSv2+Upr8QbFr8kaOznESXRsRZOs7OXAhQbMR65zqdTuLOBUrG1ueXpVSZnrc/YSW2+iQu5QmfpCVu6iygSFul1vHEL/NgY2wVCDlzvKaS/oU8c34ZSvL+tf0',
  '0IobGcVLxs0R9B9mSA+huJGjuFCi+8eBDrLkJArrk2cia/jH5poby9ofV2s3VmxrZKThqn69rfUuQ95JdUMYhzzAlzrDt/gw8LWBZg58KGHgKB8Vpo86Op49lUP4hiP9JLC4a+k3t2LpT392PuiMZZ',
  'DX97SEfDmy1+HsVA0Sf9N3X3W9vX8FuWSurMEDo08Eo7uQnSA6bx5q8W2Zuujx4cRMT6zuQnQAv+VfnLGhNPv6OQ+tHu3K6pnl2cfNO2W/uOHxGGePl/deQkcG5p8ICJo9cVFJ0yCDRyc8uuv9wgaP',
  'c2nw1HsUZbs2I8vaajJRFnfdHe/a3fQu/l5/prZ73HsCctc8qvS/8LfplmTtgt1ZRJ1W3D3n8qhQo8WNWh7n7G+6uHy7WZ8ytSBylmYg62Fmjwc2F7q2OT7+hvgb8zs1PxgyKeqJu0YXujY6DS8OfM',
  'DC93hodtGwdf1kovSIRfbr7iiLG76PG7K2Y/lXj7LY5X9W3Nd/ceLKSyruWP6aErv8L724P+DAe2R+yJIyf7gOLEle9029Tm9ZnfUvih1mwbsSAAA=',
].join('');

test('a part of an MP4 far after the last IDR frame is read with the sample description that applies there', async () => {
  const { rows } = await readAll(await unpacked(OPEN_GROUPS), { framesPerSecond: 'every', fromMs: 9900, toMs: 10600 });
  expect(rows.map(({ shown }) => shown)).toEqual([98, 99, 100, 101, 102, 103, 104]);
});

/**
 * 24 numbered H.264 frames at 10 fps: the first eight in the sample table of an MP4, the others in two fragments after it, as written by
 * ffmpeg's `frag_keyframe`; compressed. Browsers cannot encode this.
 */
const TABLE_AND_FRAGMENTS = [
  'H4sIAAUqDmsC/2NgYFBJK6ksyCzOz2VgYGIA0UBsBsRGiWXJhrkFJoYMDMziufn5ZQwMDDm5ZRkpDCiA+QUQKzAwMoAQAjCiqkLnOzDgBUxAZFdSlJgNZMeUZIPtZMY0DWgvA357sNq7',
  'AIgFwJK3clMyE4EMhdwUdH9pgIQZQo+AOboZKTlFMJmyzJRUZJVhQH6+R2JeSk4qSA1ja25mXhqQIVKWCzYU2QkqKRA5mZSi1DQkJ/KUFuUoQNiMrsUlSTlA9trikuIUJDVzQRGCw5sg',
  'TwkweABpD5gKHh+geoWczKQKIzMTbIEs8f8/kDQGqnJmTGHg+v+QQSwdSK/ZxFqiAApuEMHU+MjlJCMDW8brQ95KB/7++AHSKJJUUlQCMYNdDWZYcUlJMZLjOBgYWMBqgZ5AFgdhGaBY',
  'MpoYB5Q2AcpVITkSJC4HxKJALAXEwiD9UFoUSgPtSM5HmMfsDIq+3LLUClAUlhSBaWS7kIFtaUoJKAWY5qaCaRBQRI5tYAopSiwoyEHWxJGZUwwKgP25KYkgWiq1o4X3/7+v6j9ErnK4',
  'eD/8+fftqyUuVhouBxqBsoKOs6wF7m9sf3e0/v/xb+nv+QyAgmKOs/w5Uk4l8v6v4dov6Zi1T3+62uUrB4Ey/I6ziiqcT0450Pa/hlvs4TFQ4DrOmgQXYjdNkDeq+yX5bbncRojyTUjK',
  'j0MsvAQT4lpzl9cJauwnNHUTgLkalAgFctMykBNaBTDngcRVSiDilkg57hc0XtUYISIiJWkpJYhABWdIi5Ki0jxgDmaFxt8MJoikGjTOxKDxJoEWj7DgVErtaGL+/+9bcQ1Xdu6GGeI/',
  'Jn9cOmWbRlS8QKSMSJLJscSjEriCVQg1WLM7LxliD1IR9CC1svVsoH5wMuEPTlZP/MHpQExwikODTxItOA8igrOFxf7ft3V/TmuX1E3VU/n/tj8s0rtszt6gNV+7Lb4YPOrBFZzCaKl0',
  'f/wKHElUFCOJNqYHEhugB7AHaFhuWhEoT9qVAGlG1IKPCSm9gdMlIzQE4VULqydECBgdRbDSIQwAkOzWmvAGAAA=',
].join('');

test('an MP4 with frames in its sample table and in fragments is read completely, and up to where it breaks off', async () => {
  const file = await unpacked(TABLE_AND_FRAGMENTS);
  const { info, rows } = await readAll(file, EVERY);
  expect(info).toMatchObject({ frameCount: 24, brokenOffAtMs: null });
  expect(rows.map(({ shown }) => shown)).toEqual(Array.from({ length: 24 }, (_, i) => i));
  const middle = await readAll(file, { framesPerSecond: 5, fromMs: 400, toMs: 2000 });
  expect(middle.rows.map(({ shown }) => shown)).toEqual([4, 6, 8, 10, 12, 14, 16, 18]);
  const cut = await readAll(file.slice(0, Math.round(file.size * 0.6)), EVERY);
  expect(cut.info.brokenOffAtMs).toBe(cut.info.endMs);
  expect(read(cut.rows).map(({ shown }) => shown)).toEqual(read(cut.rows).map((_, i) => i));
  expect(read(cut.rows).length).toBeGreaterThanOrEqual(8);
});

test('a fragment that an MP4 holds twice is read once', async () => {
  const bytes = await fragmented();
  const text = new TextDecoder('latin1').decode(bytes);
  const [first = 0, second = 0] = [...text.matchAll(/moof/g)].map(({ index }) => index - 4);
  const { info, rows } = await readAll([bytes.subarray(0, second), bytes.subarray(first)], EVERY);
  expect(info).toMatchObject({ frameCount: 30, brokenOffAtMs: null });
  expect(rows.map(({ shown }) => shown)).toEqual(countTo(30));
});

test('an MP4 whose fragments have offsets without the preceding index is read completely', async () => {
  const file = await unpacked(TABLE_AND_FRAGMENTS);
  const first = new TextDecoder('latin1').decode(await file.arrayBuffer()).indexOf('moof') - 4;
  const index = new Uint8Array(44);
  index.set([0, 0, 0, index.length, ...new TextEncoder().encode('sidx')]);
  const { info, rows } = await readAll(new Blob([file.slice(0, first), index, file.slice(first)]), EVERY);
  expect(info).toMatchObject({ frameCount: 24, brokenOffAtMs: null });
  expect(rows.map(({ shown }) => shown)).toEqual(Array.from({ length: 24 }, (_, i) => i));
});
