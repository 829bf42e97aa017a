import { describe, expect, it } from 'vitest';
import { faceAt } from './face-detector/face-fixture';
import { pixelRect } from './geometry';
import { LiveStreams } from './live-stream';
import { THUMBNAIL } from './scene-change';

const named = (name: string) => ({ name, search: 'fast' as const });
const face = (x: number) => faceAt(pixelRect(x, 100, 80, 80));

describe('LiveStreams', () => {
  it('numbers the faces of each stream by itself, and forgets none of one for the other', () => {
    const streams = new LiveStreams(0);
    const trackOf = (name: string, x: number, atMs: number) => streams.get(named(name)).tracker.update([face(x)], atMs)[0]?.track;
    expect(trackOf('camera', 10, 0)).toBe(1);
    // Where the other stream's face is, and long before it by the clock: neither matters.
    expect(trackOf('clip', 10, 0)).toBe(1);
    expect(trackOf('clip', 400, 5_000)).toBe(2);
    expect(trackOf('camera', 12, 33)).toBe(1);
  });

  it('starts a dropped stream anew and leaves the others alone', () => {
    const streams = new LiveStreams(0);
    const [camera, clip] = [streams.get(named('camera')), streams.get(named('clip'))];
    streams.drop('clip');
    expect(streams.size).toBe(1);
    expect(streams.get(named('camera'))).toBe(camera);
    expect(streams.get(named('clip'))).not.toBe(clip);
  });

  it('ends the tracks of a stream at a cut, and of that stream alone', () => {
    const streams = new LiveStreams(0);
    const [camera, clip] = [streams.get(named('camera')), streams.get(named('clip'))];
    const picture = (shade: (i: number) => number) =>
      Uint8ClampedArray.from({ length: THUMBNAIL.width * THUMBNAIL.height * 4 }, (_, i) => shade(i >> 2));
    const light = picture((i) => 150 + 50 * Math.sin(i / 5));
    for (const stream of [camera, clip]) {
      expect(stream.see(light)).toBe('continuous');
      stream.tracker.update([face(10)], 0);
    }
    clip.see(picture((i) => 60 + 50 * Math.cos(i / 3)));
    expect(clip.tracker.update([face(10)], 33)[0]?.track).toBe(2);
    camera.see(light);
    expect(camera.tracker.update([face(10)], 33)[0]?.track).toBe(1);
  });

  it('smooths streams under way and later ones as it is told', () => {
    const streams = new LiveStreams(300);
    const before = streams.get(named('camera')).smoother;
    streams.smoothingMs = 700;
    expect(before.timeConstantMs).toBe(700);
    expect(streams.get(named('clip')).smoother.timeConstantMs).toBe(700);
  });

  it('leaves the smoothing of a stream that names its own as it is', () => {
    const streams = new LiveStreams(300);
    const { smoother } = streams.get({ ...named('study'), smoothingMs: 0 });
    streams.smoothingMs = 700;
    expect(smoother.timeConstantMs).toBe(0);
  });
});
