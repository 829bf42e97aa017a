import { describe, expect, test } from 'vitest';
import { CLIP_FRAMES_PER_SECOND, farPerson } from '../../scripts/drawn-faces/clips';
import { drawScene, type Exposure, type Scene } from '../../scripts/drawn-faces/scenes';
import type { DrawnFace } from '../../scripts/drawn-faces/face';
import { bitmapOf } from '../testing/drawn-picture';
import { sharedEngine } from '../testing/engine';
import type { ClassifiedFace } from './types';

interface Sample {
  readonly scene: Scene;
  readonly ms: number;
}

function person(seed: number, change: Partial<DrawnFace> = {}, exposure: Exposure = {}): Scene {
  return drawScene({ width: 640, height: 480 }, [{ x: 320, y: 215, height: 220, expression: 'neutral', seed, ...change }], exposure);
}

let streams = 0;

/** Track and label of the one face in each frame. */
async function follow(samples: readonly Sample[]): Promise<{ track: number | null; label: string }[]> {
  const engine = await sharedEngine();
  const stream = { name: `who-is-followed ${streams++}`, search: 'thorough', smoothingMs: 250 } as const;
  const seen = [];
  for (const { scene, ms } of samples) {
    const { faces } = await engine.analyzeNext(await bitmapOf(scene), ms, stream);
    expect(faces).toHaveLength(1);
    const { track, label } = faces[0] as ClassifiedFace;
    seen.push({ track, label });
  }
  await engine.resetLive(stream.name);
  return seen;
}

/** Three people in one place before one wall, one after another, each for some frames. */
const three = (framesEach: number, intervalMs: number): Sample[] =>
  ([[1, 'happy'], [2, 'sad'], [3, 'surprise']] as const).flatMap(([seed, expression], part) =>
    Array.from({ length: framesEach }, (_, i) => ({ scene: person(seed, { expression }), ms: (part * framesEach + i) * intervalMs })),
  );

describe('hard cuts in one place', () => {
  test.each([[2, 1000], [6, 200], [8, 100]])('give three people the right labels at once: %d frames each, every %d ms', async (framesEach, intervalMs) => {
    const seen = await follow(three(framesEach, intervalMs));
    expect(seen.map(({ track }) => track)).toEqual([1, 2, 3].flatMap((track) => new Array<number>(framesEach).fill(track)));
    expect(seen.map(({ label }) => label)).toEqual(['happy', 'sad', 'surprise'].flatMap((label) => new Array<string>(framesEach).fill(label)));
  });

  test('are deterministic', async () => {
    const clip = three(2, 200);
    expect(await follow(clip)).toEqual(await follow(clip));
  });
});

describe.each(['fast', 'thorough'] as const)('frames without a picture in a stream with a %s search', (search) => {
  const blank = (color: string) => {
    const canvas = new OffscreenCanvas(640, 480);
    const context = canvas.getContext('2d');
    if (context) context.fillStyle = color;
    context?.fillRect(0, 0, 640, 480);
    return canvas.transferToImageBitmap();
  };
  const tracks = async (scenes: readonly (Scene | string)[], intervalMs: number) => {
    const engine = await sharedEngine();
    const stream = { name: `blank ${streams++}`, search } as const;
    const found: (number | null)[][] = [];
    for (const [i, scene] of scenes.entries()) {
      const { faces } = await engine.analyzeNext(typeof scene === 'string' ? blank(scene) : await bitmapOf(scene), i * intervalMs, stream);
      found.push(faces.map(({ track }) => track));
    }
    await engine.resetLive(stream.name);
    return found;
  };

  test.each([
    ['black', 1, 40],
    ['white', 2, 100],
    ['black', 1, 1000],
  ] as const)('that are %s, %d of them, make nobody new at one in %d ms', async (color, frames, intervalMs) => {
    const before = Array.from({ length: 4 }, (_, i) => person(1, { x: 320 + 3 * i }));
    const after = Array.from({ length: 3 }, (_, i) => person(1, { x: 335 + 3 * i, expression: 'happy' }));
    const found = await tracks([...before, ...Array<string>(frames).fill(color), ...after], intervalMs);
    expect(found).toEqual([...before.map(() => [1]), ...Array<number[]>(frames).fill([]), ...after.map(() => [1])]);
  });

  test('do not merge two people', async () => {
    expect(await tracks([person(1), person(1), person(1), 'black', person(2), person(2)], 100)).toEqual([[1], [1], [1], [], [2], [2]]);
  });
});

test('one person who moves, turns and changes expression keeps the track at one frame a second', async () => {
  const expressions = ['happy', 'neutral', 'surprise', 'sad'] as const;
  const samples = Array.from({ length: 12 }, (_, i) => ({
    scene: person(1, { x: 320 + 90 * Math.sin(i * 2.1), y: 215 + 12 * Math.cos(i * 1.3), yawDeg: 20 * Math.sin(i * 1.7), rollDeg: 6 * Math.sin(i), expression: expressions[i % 4] ?? 'happy' }),
    ms: i * 1000,
  }));
  expect(new Set((await follow(samples)).map(({ track }) => track))).toEqual(new Set([1]));
});

test('one person who keeps still and then moves keeps the track at ten frames a second', async () => {
  const samples = Array.from({ length: 18 }, (_, i) => ({ scene: person(2, { x: 320 + Math.max(0, i - 8) * 20, yawDeg: i > 8 ? 15 : 0 }), ms: i * 100 }));
  expect(new Set((await follow(samples)).map(({ track }) => track))).toEqual(new Set([1]));
});

test('light that is switched on starts no new track', async () => {
  const samples = Array.from({ length: 6 }, (_, i) => ({ scene: person(1, {}, { gain: i < 3 ? 0.6 : 1 }), ms: i * 200 }));
  expect(new Set((await follow(samples)).map(({ track }) => track))).toEqual(new Set([1]));
});

test('a picture held for ten seconds keeps the track', async () => {
  const times = [0, 100, 200, 300, 400, 500, 10_500, 10_600, 10_700];
  const seen = await follow(times.map((ms) => ({ scene: person(1, { expression: 'happy' }), ms })));
  expect(new Set(seen.map(({ track }) => track))).toEqual(new Set([1]));
});

test.each([6, 2.7])('a fast stream keeps the track of a distant person who sways at %d frames a second', async (framesPerSecond) => {
  const engine = await sharedEngine();
  const stream = { name: `far at ${framesPerSecond}`, search: 'fast' } as const;
  const scenes = [...farPerson(2)];
  const step = Math.round(CLIP_FRAMES_PER_SECOND / framesPerSecond);
  const tracks: (number | null)[] = [];
  for (let i = 0; i < 24; i++) {
    const scene = scenes[(i * step) % scenes.length];
    if (!scene) continue;
    const { faces } = await engine.analyzeNext(await bitmapOf(scene), (i * step * 1000) / CLIP_FRAMES_PER_SECOND, stream);
    tracks.push(...faces.map(({ track }) => track));
  }
  await engine.resetLive(stream.name);
  expect(new Set(tracks)).toEqual(new Set([1]));
  expect(tracks.length).toBeGreaterThan(20);
});

test('a fast stream with irregular frame times reports no false faces and few new tracks', async () => {
  const engine = await sharedEngine();
  const stream = { name: 'irregular', search: 'fast' } as const;
  // Five people who sway, and the frame times of a busy machine: some close together, some after more than a second.
  const timesMs = [55, 105, 155, 1735, 1771, 2108, 2333, 2924, 4162, 4216, 5061, 6538, 6584, 6908, 6950, 7819, 7860, 7903, 7940, 7996];
  const tracks = new Set<number | null>();
  for (const ms of timesMs) {
    const at = [0, 1, 2, 3, 4].map((k): DrawnFace => ({ x: 150 + 240 * k + 60 * Math.sin(ms / 300 + k), y: 330 + 30 * Math.cos(ms / 400 + k), height: 190, seed: k, expression: 'happy' }));
    const { faces } = await engine.analyzeNext(await bitmapOf(drawScene({ width: 1280, height: 720 }, at)), ms, stream);
    for (const { box, track } of faces) {
      tracks.add(track);
      expect(Math.min(...at.map(({ x, y }) => Math.hypot(x - box.x - box.width / 2, y - box.y - box.height / 2))), `${ms} ms`).toBeLessThan(95);
    }
  }
  await engine.resetLive(stream.name);
  expect(tracks.size).toBeLessThan(8);
});
