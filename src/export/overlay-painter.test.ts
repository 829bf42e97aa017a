import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../words/i18n';
import { containedView, overlayLabel, paintOverlay, toCanvas, type OverlayOptions } from './overlay-painter';

const FRAME = { width: 1280, height: 720 };
const BOX = { x: 100, y: 50, width: 200, height: 300 };

describe('the overlay’s view', () => {
  it('matches a video that fits its canvas in both directions', () => {
    const view = containedView(FRAME, { width: 640, height: 360 }, false, 1);
    expect(toCanvas(BOX, view)).toEqual({ x: 50, y: 25, width: 100, height: 150 });
  });

  it('leaves the bars of full screen free', () => {
    const view = containedView(FRAME, { width: 1280, height: 1000 }, false, 1);
    expect(toCanvas(BOX, view)).toEqual({ x: 100, y: 190, width: 200, height: 300 });
    const tall = containedView({ width: 480, height: 640 }, { width: 1280, height: 640 }, false, 1);
    expect(toCanvas({ x: 0, y: 0, width: 480, height: 640 }, tall).x).toBe(400);
  });

  it('mirrors positions about the picture’s middle', () => {
    const view = containedView(FRAME, { width: 1280, height: 720 }, true, 2);
    expect(toCanvas(BOX, view)).toEqual({ x: 980, y: 50, width: 200, height: 300 });
  });
});

describe('the label of a face', () => {
  const probabilities = (happy: number, neutral: number) => ({ angry: 0, disgust: 0, fear: 0, happy, sad: 1 - happy - neutral, surprise: 0, neutral });
  const face = { status: 'classified', track: 1, smoothed: probabilities(0.93, 0.01), uncertain: false, concerns: [], headPose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 } } as const;

  it('names both expressions of a close call, the larger one first', () => {
    expect(overlayLabel({ ...face, smoothed: probabilities(0.42, 0.47) })).toEqual({ name: 'Neutral or happy', detail: '47% and 42%' });
  });

  it('names the expression, or says that it is uncertain and what is wrong with the picture', () => {
    expect(overlayLabel(face)).toEqual({ name: 'Happy', detail: '93%' });
    expect(overlayLabel({ ...face, uncertain: true })).toEqual({ name: 'Uncertain', detail: '' });
    const concerns = [{ kind: 'turned', value: 55 }, { kind: 'dark', value: 0 }] as const;
    expect(overlayLabel({ ...face, uncertain: true, concerns })).toEqual({ name: 'Uncertain', detail: 'turned 55°' });
  });

  it('says why a face was skipped', () => {
    expect(overlayLabel({ status: 'skipped', track: 1, reason: 'outside-frame' })).toEqual({ name: 'Cut off by the edge', detail: '' });
  });
});

describe('labels on a small picture', () => {
  const smoothed = { angry: 0, disgust: 0, fear: 0, happy: 0.93, sad: 0.07, surprise: 0, neutral: 0 };
  const written = (faces: number, width: number, options?: OverlayOptions) => {
    const words: string[] = [];
    const context = new Proxy({} as CanvasRenderingContext2D, {
      get: (_, name) => (name === 'fillText' ? (text: string) => words.push(text) : name === 'measureText' ? (text: string) => ({ width: 7.5 * text.length }) : () => undefined),
      set: () => true,
    });
    const painted = Array.from({ length: faces }, (_, i) => ({
      face: { status: 'classified', track: i + 1, smoothed, uncertain: false, concerns: [], headPose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 } } as const,
      box: { x: 200 * i, y: 100, width: 120, height: 120 },
      opacity: 1,
    }));
    paintOverlay(context, painted, containedView(FRAME, { width, height: (width * 9) / 16 }, false, 1), options);
    return words.slice(0, words.indexOf('B')).join(' ');
  };

  it('lose their number, then their word, if together they would cover much of it', () => {
    expect([1280, 358, 220].map((width) => written(5, width, { mayShorten: true }))).toEqual(['A Happy 93%', 'A Happy', 'A']);
    expect(written(2, 358, { mayShorten: true })).toBe('A Happy 93%');
  });

  it('stay whole in files, which show nothing beside the picture', () => {
    expect(written(5, 220)).toBe('A Happy 93%');
  });
});

describe('a label in another language', () => {
  const smoothed = { angry: 0, disgust: 0, fear: 0, happy: 0.93, sad: 0.07, surprise: 0, neutral: 0 };
  const face = { status: 'classified', track: 1, smoothed, uncertain: false, concerns: [], headPose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 }, relative: true } as const;

  afterEach(() => setLanguage({ locale: 'en', tag: 'en-GB', messages: {} }));

  it('marks faces shown relative to their baseline in its own words', () => {
    setLanguage({ locale: 'de', tag: 'de', messages: { Happy: 'Fröhlich', '{share} · relative': '{share} · relativ' } });
    expect(overlayLabel(face)).toEqual({ name: 'Fröhlich', detail: '93\u00a0% · relativ' });
  });

  it('runs from right to left in Arabic', () => {
    setLanguage({ locale: 'ar', tag: 'ar-u-nu-latn', messages: {} });
    const places: number[] = [];
    const context = new Proxy({} as CanvasRenderingContext2D, {
      get: (_, name) => (name === 'fillText' ? (__: string, x: number) => places.push(x) : name === 'measureText' ? (text: string) => ({ width: 7.5 * text.length }) : () => undefined),
      set: () => true,
    });
    paintOverlay(context, [{ face, box: { x: 500, y: 300, width: 120, height: 120 }, opacity: 1 }], containedView(FRAME, FRAME, false, 1));
    expect(places).toHaveLength(3);
    expect(places).toEqual(places.toSorted((a, b) => b - a));
  });
});
