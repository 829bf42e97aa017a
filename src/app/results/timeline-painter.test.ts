import { expect, it } from 'vitest';
import { EXPRESSIONS } from '../../engine/labels';
import { EXPRESSION_STYLE } from '../../words/expression-style';
import { paintTimeline } from './timeline-painter';

const LENGTH = 100;
/** All seven expressions have the same share throughout, so their curves coincide. */
const SERIES = { startMs: 0, bucketMs: 100, length: LENGTH, means: new Float32Array(LENGTH * EXPRESSIONS.length).fill(1 / 7), peaks: new Float32Array(LENGTH * EXPRESSIONS.length).fill(1 / 7) };
const STYLE = { scheme: 'light', text: 'black', grid: 'grey', surface: 'white', unit: 1 } as const;
const VIEW = { fromMs: 0, toMs: 10_000, ticks: [], bridgedBuckets: 0 };

/** Records the painted texts with their x; other calls of the painter are ignored. */
function written(signs: boolean, hidden = new Set<(typeof EXPRESSIONS)[number]>()): { text: string; x: number }[] {
  const texts: { text: string; x: number }[] = [];
  const known: Record<string, unknown> = { fillText: (text: string, x: number) => texts.push({ text, x }), measureText: () => ({ width: 10 }) };
  const context = new Proxy(known, { get: (target, name) => target[String(name)] ?? (() => undefined), set: () => true });
  paintTimeline(context as unknown as CanvasRenderingContext2D, { width: 640, height: 160 }, SERIES, { ...VIEW, hidden }, { ...STYLE, signs });
  return texts;
}

it('marks curves with their signs if requested, side by side where curves coincide', () => {
  const signs = EXPRESSIONS.map((e) => EXPRESSION_STYLE[e].sign);
  const marks = written(true).filter(({ text }) => signs.includes(text));
  for (const sign of signs) expect(marks.filter(({ text }) => text === sign).length).toBeGreaterThan(2);
  const places = marks.map(({ x }) => x).sort((a, b) => a - b);
  for (const [i, x] of places.entries()) if (i > 0) expect(x - (places[i - 1] ?? 0)).toBeGreaterThan(8);
  expect(written(false).some(({ text }) => signs.includes(text))).toBe(false);
  expect(written(true, new Set(['happy'])).some(({ text }) => text === EXPRESSION_STYLE.happy.sign)).toBe(false);
});

/** Heights of the painted flags' feet. */
function flagFeet(markers: number): number[] {
  const feet: number[] = [];
  const known: Record<string, unknown> = { moveTo: (_x: number, y: number) => feet.push(y), measureText: () => ({ width: 10 }) };
  const context = new Proxy(known, { get: (target, name) => target[String(name)] ?? (() => undefined), set: () => true });
  const paint = (markersMs: readonly number[]) => {
    feet.length = 0;
    paintTimeline(context as unknown as CanvasRenderingContext2D, { width: 640, height: 160 }, null, { ...VIEW, markersMs }, { ...STYLE, signs: false });
    return feet.length;
  };
  const grid = paint([]);
  paint(Array.from({ length: markers }, (_, i) => (i * 10_000) / markers));
  return feet.slice(grid);
}

it('paints one flag at each place, and no poles of flags that would hide the curves', () => {
  expect(flagFeet(3)).toHaveLength(3);
  expect(flagFeet(10_000).length).toBeLessThan(700);
  expect(Math.max(...flagFeet(10_000))).toBeLessThan(Math.min(...flagFeet(3)));
});
