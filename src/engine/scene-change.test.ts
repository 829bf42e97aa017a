import { describe, expect, it } from 'vitest';
import { SceneChange, THUMBNAIL } from './scene-change';

type Color = readonly [number, number, number];

interface Person {
  readonly x: number;
  readonly skin: Color;
  readonly clothes: Color;
}

const WALL: Color = [190, 200, 195];
const NIGHT: Color = [30, 28, 60];
const ANNA: Person = { x: 16, skin: [235, 200, 175], clothes: [70, 80, 88] };
const BEN: Person = { x: 16, skin: [120, 75, 50], clothes: [125, 75, 75] };

/** A person from the shoulders up in front of a wall that darkens towards the floor, through a noisy camera. */
function frame(person: Person | null, wall = WALL, { noise = 2, gain = 1, seed = 1 } = {}): Uint8ClampedArray {
  let state = seed;
  const tremble = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 2 * noise;
  };
  const { width, height } = THUMBNAIL;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = person ? Math.abs(x - person.x) : Infinity;
      const color = dx < 3 && y > 3 && y < 11 ? person?.skin : dx < 6 && y >= 11 ? person?.clothes : undefined;
      const shade = 1 - (0.25 * y) / height;
      for (let c = 0; c < 3; c++) rgba[(y * width + x) * 4 + c] = gain * (color?.[c] ?? (wall[c] ?? 0) * shade) + tremble();
    }
  }
  return rgba;
}

const FRAME_MS = 33;

function transitions(frames: readonly Uint8ClampedArray[]): string[] {
  const change = new SceneChange();
  return frames.map((each, i) => change.update(each, i * FRAME_MS).transition);
}

const times = (count: number, make: (i: number) => Uint8ClampedArray) => Array.from({ length: count }, (_, i) => make(i));

describe('SceneChange', () => {
  it('is silent on a still picture with noise', () => {
    expect(new Set(transitions(times(30, (i) => frame(ANNA, WALL, { seed: i + 1 }))))).toEqual(new Set(['continuous']));
  });

  it('reports another person in the same place as abrupt, from the third frame on', () => {
    for (const length of [3, 10, 90]) {
      const found = transitions([...times(length, (i) => frame(ANNA, WALL, { seed: i + 1 })), frame(BEN), frame(BEN)]);
      expect(found.slice(0, length)).toEqual(times(length, () => frame(null)).map(() => 'continuous'));
      expect(found.slice(length)).toEqual(['abrupt', 'continuous']);
    }
  });

  it('reports each of several such changes', () => {
    const found = transitions([0, 1, 2].flatMap((part) => times(3, (i) => frame(part === 1 ? BEN : ANNA, WALL, { seed: i + 1 }))));
    expect(found).toEqual(['continuous', 'continuous', 'continuous', 'abrupt', 'continuous', 'continuous', 'abrupt', 'continuous', 'continuous']);
  });

  it('reports another room as a cut, at any time', () => {
    for (const length of [1, 2, 30]) {
      const found = transitions([...times(length, (i) => frame(ANNA, WALL, { seed: i + 1 })), frame(BEN, NIGHT)]);
      expect(found.at(-1)).toBe('cut');
    }
  });

  it('accepts a person who moves at one frame a second as usual', () => {
    const found = transitions(times(40, (i) => frame({ ...ANNA, x: 16 + 5 * Math.sin(i * 2.1) }, WALL, { seed: i + 1 })));
    expect(found.filter((each) => each !== 'continuous')).toEqual([]);
  });

  it('does not report light that is switched on as a cut', () => {
    const found = transitions([...times(5, (i) => frame(ANNA, WALL, { gain: 0.35, seed: i + 1 })), frame(ANNA)]);
    expect(found.at(-1)).toBe('abrupt');
  });

  const flat = (color: Color) => new Uint8ClampedArray(4 * THUMBNAIL.width * THUMBNAIL.height).map((_, i) => color[i % 4] ?? 255);
  const steps = (frames: readonly Uint8ClampedArray[], frameMs = FRAME_MS) => {
    const change = new SceneChange();
    return frames.map((each, i) => change.update(each, i * frameMs));
  };

  it.each([[[0, 0, 0]], [[255, 255, 255]], [[0, 135, 0]]] as const)('undoes the cuts of uniform frames of %j', (color) => {
    for (const [before, blank] of [[1, 1], [2, 2], [30, 2], [30, 20]] as const) {
      const found = steps([...times(before, (i) => frame(ANNA, WALL, { seed: i + 1 })), ...times(blank, () => flat(color)), ...times(3, (i) => frame(ANNA, WALL, { seed: i + 50 }))]);
      expect(found.map(({ cutsUndone }) => cutsUndone).slice(before)).toEqual([...times(blank, () => flat(color)).map(() => 0), 1, 0, 0]);
      expect(found.slice(before + blank).map(({ transition }) => transition)).toEqual(['continuous', 'continuous', 'continuous']);
    }
  });

  it('undoes the cuts of a black frame and a white one, and those at one frame a second', () => {
    const twice = steps([...times(9, (i) => frame(ANNA, WALL, { seed: i + 1 })), flat([0, 0, 0]), flat([255, 255, 255]), frame(ANNA)]);
    expect(twice.at(-1)).toEqual({ transition: 'continuous', cutsUndone: 2 });
    const slow = steps([frame(BEN, NIGHT), frame(ANNA), flat([0, 0, 0]), frame(ANNA)], 1000);
    expect(slow.at(-1)).toEqual({ transition: 'continuous', cutsUndone: 1 });
  });

  it('reports another person after a black frame as abrupt, and another room as a cut', () => {
    const someone = times(9, (i) => frame(ANNA, WALL, { seed: i + 1 }));
    expect(steps([...someone, flat([0, 0, 0]), frame(BEN)]).at(-1)).toEqual({ transition: 'abrupt', cutsUndone: 1 });
    expect(steps([...someone, flat([255, 255, 255]), frame(BEN, NIGHT)]).at(-1)).toEqual({ transition: 'cut', cutsUndone: 0 });
  });

  it('forgets a scene after more than a second', () => {
    const found = steps([...times(9, (i) => frame(ANNA, WALL, { seed: i + 1 })), ...times(40, () => flat([0, 0, 0])), frame(ANNA)]);
    expect(found.at(-1)).toEqual({ transition: 'cut', cutsUndone: 0 });
  });

  it('is deterministic', () => {
    const clip = times(60, (i) => frame(i % 7 < 4 ? ANNA : BEN, i % 20 < 10 ? WALL : NIGHT, { seed: i + 1 }));
    expect(transitions(clip)).toEqual(transitions(clip));
  });
});
