import { describe, expect, it } from 'vitest';
import { faceAt } from './face-detector/face-fixture';
import { pixelRect } from './geometry';
import { EXPRESSIONS, toProbabilities, type Expression } from './labels';
import { LiveStreams } from './live-stream';
import { THUMBNAIL } from './scene-change';

const named = (name: string) => ({ name, search: 'fast' as const });
const face = (x: number) => faceAt(pixelRect(x, 100, 80, 80));
const FRAME = { width: 640, height: 480 };
const certain = (expression: Expression) => toProbabilities(EXPRESSIONS.map((e) => (e === expression ? 1 : 0)));
const [HAPPY, SAD] = [certain('happy'), certain('sad')];

describe('LiveStreams', () => {
  it('numbers the faces of each stream separately, and keeps them while another stream runs', () => {
    const streams = new LiveStreams(0);
    const trackOf = (name: string, x: number, atMs: number) => streams.get(named(name)).follow([face(x)], FRAME, atMs)[0]?.track;
    expect(trackOf('camera', 10, 0)).toBe(1);
    // Neither the same place as the other stream's face nor an earlier time matters.
    expect(trackOf('clip', 10, 0)).toBe(1);
    expect(trackOf('clip', 400, 5_000)).toBe(2);
    expect(trackOf('camera', 12, 33)).toBe(1);
  });

  it('restarts a dropped stream and leaves the others alone', () => {
    const streams = new LiveStreams(0);
    const [camera, clip] = [streams.get(named('camera')), streams.get(named('clip'))];
    streams.drop('clip');
    expect(streams.size).toBe(1);
    expect(streams.get(named('camera'))).toBe(camera);
    expect(streams.get(named('clip'))).not.toBe(clip);
  });

  it('ends a stream\'s tracks at a cut, and no other stream\'s', () => {
    const streams = new LiveStreams(0);
    const [camera, clip] = [streams.get(named('camera')), streams.get(named('clip'))];
    const picture = (shade: (i: number) => number) =>
      Uint8ClampedArray.from({ length: THUMBNAIL.width * THUMBNAIL.height * 4 }, (_, i) => shade(i >> 2));
    const light = picture((i) => 150 + 50 * Math.sin(i / 5));
    for (const stream of [camera, clip]) {
      expect(stream.see(light, 0)).toBe('continuous');
      stream.follow([face(10)], FRAME, 0);
    }
    clip.see(picture((i) => 60 + 50 * Math.cos(i / 3)), 33);
    expect(clip.follow([face(10)], FRAME, 33)[0]?.track).toBe(2);
    camera.see(light, 33);
    expect(camera.follow([face(10)], FRAME, 33)[0]?.track).toBe(1);
  });

  it.each([
    ['black', 0, 1],
    ['black', 0, 2],
    ['white', 255, 1],
    ['green', 90, 2],
  ])('goes on with the people of a picture that is %s (%d) for %d frames', (name, shade, frames) => {
    const stream = new LiveStreams(300).get(named(name));
    const light = Uint8ClampedArray.from({ length: THUMBNAIL.width * THUMBNAIL.height * 4 }, (_, i) => 150 + 50 * Math.sin((i >> 2) / 5));
    const blank = light.map((_, i) => (name === 'green' && i % 4 !== 1 ? 0 : shade));
    const see = (thumbnail: Uint8ClampedArray, x: number | null, ms: number) => {
      const transition = stream.see(thumbnail, ms);
      const tracks = stream.follow(x === null ? [] : [face(x)], FRAME, ms, { transition }).map(({ track }) => track);
      const smoothed = tracks.map((track) => stream.smoother.update(track, ms < 500 ? HAPPY : SAD, ms).smoothed.happy);
      stream.retainTracks();
      return { track: tracks[0], happy: smoothed[0] };
    };
    for (let ms = 0; ms < 500; ms += 50) see(light, 10, ms);
    for (let i = 0; i < frames; i++) see(blank, null, 500 + 50 * i);
    const after = see(light, 12, 500 + 50 * frames);
    expect(after.track).toBe(1);
    // Their smoothing continues too.
    expect(after.happy).toBeGreaterThan(0.4);
    // For as long as a person behind a passer-by is remembered.
    for (let ms = 1000; ms < 2500; ms += 50) see(blank, null, ms);
    expect(see(light, 12, 2500).track).toBe(2);
  });

  it('keeps ids when a stream changes its size, as calls and rotated phones do', () => {
    const stream = new LiveStreams(0).get(named('call'));
    const trackOf = (x: number, y: number, side: number, width: number, height: number, ms: number) =>
      stream.follow([faceAt(pixelRect(x, y, side, side))], { width, height }, ms)[0]?.track;
    expect(trackOf(400, 100, 120, 640, 480, 0)).toBe(1);
    expect(trackOf(404, 100, 120, 640, 480, 33)).toBe(1);
    expect(trackOf(204, 50, 60, 320, 240, 66)).toBe(1);
    expect(trackOf(816, 200, 240, 1280, 960, 99)).toBe(1);
    // In the middle, with the same size in pixels.
    expect(trackOf(400, 100, 120, 640, 480, 1000)).toBe(1);
    expect(trackOf(280, 180, 120, 480, 640, 1033)).toBe(1);
  });

  it('applies the smoothing setting to current and later streams', () => {
    const streams = new LiveStreams(300);
    const before = streams.get(named('camera')).smoother;
    streams.smoothingMs = 700;
    expect(before.timeConstantMs).toBe(700);
    expect(streams.get(named('clip')).smoother.timeConstantMs).toBe(700);
  });

  it('leaves a stream\'s own smoothing unchanged', () => {
    const streams = new LiveStreams(300);
    const { smoother } = streams.get({ ...named('study'), smoothingMs: 0 });
    streams.smoothingMs = 700;
    expect(smoother.timeConstantMs).toBe(0);
  });
});
