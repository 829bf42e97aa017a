import { describe, expect, it } from 'vitest';
import { expressionOf, LABEL_ORDERS } from './label-names';

/** Short codes with a suffix: names of people, and other words. */
const NO_PLURALS = ['Mads', 'Ange', 'made', 'sure', 'Sues', 'fees', 'dies', 'neue', 'Neue Bilder', 'Hape', 'sade', 'ange faces'];

describe('expressionOf', () => {
  it.each([
    ['Anger', 'angry'],
    ['HAPPINESS', 'happy'],
    [' surprised ', 'surprise'],
    ['3_happy', 'happy'],
    ['06 - neutral', 'neutral'],
    ['happy_1', 'happy'],
    ['no_emotion', 'neutral'],
    ['Sadness', 'sad'],
    ['😀 happy', 'happy'],
    ['sad %20 50%', 'sad'],
    ['..angry', 'angry'],
    // macOS stores folder names in decomposed form: the letter, then its diaeresis.
    ['wu\u0308tend', 'angry'],
    ['DEGOUT', 'disgust'],
    ['Wut', 'angry'],
    ['enojado', 'angry'],
    ['怒り', 'angry'],
    ['1_びっくり', 'surprise'],
    ['غاضب', 'angry'],
    ['مفاجأة', 'surprise'],
    ['Surprises', 'surprise'],
    ['fears', 'fear'],
    ['Temores', 'fear'],
    ['calme', 'neutral'],
    ['angry faces', 'angry'],
    ['train_happy', 'happy'],
    ['Traurige Gesichter', 'sad'],
    ['visages heureux', 'happy'],
    ['anger (angry)', 'angry'],
  ])('maps %j to %s', (label, expression) => expect(expressionOf(label)).toBe(expression));

  it.each(['contempt', 'unknown', '', '3', 'unhappyish', 'constructor', 'not happy', 'happy or sad', 'happily surprised', 'faces', 'annes', 'ans', ...NO_PLURALS])('maps %j to no expression', (label) => expect(expressionOf(label)).toBeNull());
});

describe('LABEL_ORDERS', () => {
  it('has each expression at most once per order, and only contempt in addition', () => {
    for (const { id, labels } of LABEL_ORDERS) {
      const expressions = labels.map(expressionOf);
      const named = expressions.filter((expression) => expression !== null);
      expect(new Set(named).size, id).toBe(named.length);
      expect(labels.filter((_, i) => expressions[i] === null).every((label) => label === 'contempt'), id).toBe(true);
    }
  });

  it('has no duplicate orders', () => {
    const orders = LABEL_ORDERS.map(({ labels }) => labels.map((label) => expressionOf(label) ?? label).join());
    expect(new Set(orders).size).toBe(orders.length);
  });
});
