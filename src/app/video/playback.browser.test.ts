import { afterEach, expect, test } from 'vitest';
import { countedClip, evenly, numberShown } from '../../testing/counted-clip';
import { ElementPlayback } from './playback';

const RATE = 24;
const release: (() => void)[] = [];

afterEach(() => {
  for (const each of release.splice(0)) each();
});

async function openClip(): Promise<{ readonly video: HTMLVideoElement; readonly playback: ElementPlayback }> {
  const url = URL.createObjectURL(new Blob([await countedClip({ format: 'webm', codec: 'vp8', timesMs: evenly(48, RATE) })]));
  const video = document.createElement('video');
  Object.assign(video, { src: url, muted: true });
  document.body.append(video);
  const playback = new ElementPlayback(video);
  release.push(() => {
    playback.dispose();
    video.remove();
    URL.revokeObjectURL(url);
  });
  await new Promise((resolve) => video.addEventListener('loadeddata', resolve, { once: true }));
  return { video, playback };
}

const shownBy = async (video: HTMLVideoElement) => numberShown(await createImageBitmap(video));

test('steps that come faster than frames all count, and end at the requested frame', async () => {
  const { video, playback } = await openClip();
  const heard: number[] = [];
  playback.subscribe(() => heard.push(playback.timeMs));
  for (let step = 0; step < 5; step++) playback.seek(playback.timeMs + 200);
  expect(heard).toEqual([200, 400, 600, 800, 1000]);
  await expect.poll(() => shownBy(video)).toBe(RATE);
  // At 24 frames a second no frame starts at 200 ms: the previous one is shown, and a step from it still goes to 400.
  playback.seek(200);
  await expect.poll(() => shownBy(video)).toBe(4);
  expect(playback.timeMs).toBe(200);
  expect(new Set(heard)).toEqual(new Set([200, 400, 600, 800, 1000]));
});

test('a seek beyond the end goes to the end', async () => {
  const { video, playback } = await openClip();
  playback.seek(60_000);
  expect(playback.timeMs).toBeCloseTo(2000, -2);
  await expect.poll(() => shownBy(video)).toBe(47);
});

test('playing continues from the seek position, and the browser’s own seeks count', async () => {
  const { video, playback } = await openClip();
  playback.seek(1500);
  playback.play();
  await expect.poll(() => video.ended).toBe(true);
  expect(playback.timeMs).toBeGreaterThan(1900);
  expect(playback.playing).toBe(false);
  const heard: number[] = [];
  playback.subscribe(() => heard.push(playback.timeMs));
  playback.play();
  await expect.poll(() => heard.some((ms) => ms > 0 && ms < 1500)).toBe(true);
});
