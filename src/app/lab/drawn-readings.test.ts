import { expect, it } from 'vitest';
import { EXPRESSIONS } from '../../engine/labels';
import { areUsable, readDrawn } from './drawn-readings';

/** All faces classified as drawn, except person 2's fear as surprise. */
const answers = Float32Array.from({ length: 6 * 7 * 7 }, (_, i) => {
  const [person, drawn, output] = [Math.floor(i / 49), Math.floor(i / 7) % 7, i % 7];
  return output === (person === 2 && drawn === 2 ? 5 : drawn) ? 0.9 : 0.01;
});

it('counts correct answers for the drawn faces under a label order', () => {
  const readings = readDrawn(answers, EXPRESSIONS);
  expect(readings?.map(({ right }) => right)).toEqual([6, 6, 5, 6, 6, 6, 6]);
  expect(readings?.[2]?.labels).toEqual(['fear', 'fear', 'surprise', 'fear', 'fear', 'fear']);
  const turned = readDrawn(answers, ['Joy', 'disgust', 'fear', 'anger', 'sad', 'surprise', 'neutral']);
  expect(turned?.map(({ right }) => right)).toEqual([0, 6, 5, 0, 6, 6, 6]);
  expect(readDrawn(answers, ['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBeNull();
});

it('requires distinct names for the outputs, and two expressions', () => {
  expect(areUsable(['happy', 'sad', 'tongue out'], false)).toBe(true);
  expect(areUsable(['happy', ' ', 'sad'], false)).toBe(false);
  expect(areUsable(['happy', 'Happy', 'sad'], false)).toBe(false);
  expect(areUsable(['happy', 'tongue out'], false)).toBe(false);
  expect(areUsable(['happy', 'tongue out'], true)).toBe(true);
});
