import type { Expression } from '../../src/engine/labels';

/** Constant features of a drawn person: colours as `#rrggbb`, sizes relative to a plain face. */
export interface Look {
  readonly skin: string;
  readonly skinShade: string;
  readonly skinLight: string;
  readonly lips: string;
  readonly hair: string;
  readonly hairLight: string;
  readonly iris: string;
  readonly shirt: string;
  readonly hairStyle: 'short' | 'long' | 'cropped' | 'curly';
  readonly beard: boolean;
  readonly glasses: boolean;
  /** Face width relative to the plain face's, about 0.94–1.06. */
  readonly breadth: number;
}

/** Movable features of a drawn face. Lengths are face units (the face is about 156 wide), y grows downwards. */
export interface Pose {
  readonly browInnerDy: number;
  readonly browMidDy: number;
  readonly browOuterDy: number;
  /** How far the brows are drawn together. */
  readonly browsTogether: number;
  /** Heights of the lids above and below the eye's centre line. */
  readonly upperLid: number;
  readonly lowerLid: number;
  readonly mouthHalfWidth: number;
  readonly mouthCornerDy: number;
  readonly mouthCenterDy: number;
  /** Opening at the mouth's centre; 0 is closed. */
  readonly mouthOpen: number;
  readonly teeth: boolean;
  /** 0–1: lines from the nose to the corners of the mouth. */
  readonly smileLines: number;
  /** 0–1: lines between the brows and along the nose. */
  readonly frownLines: number;
}

const RELAXED: Pose = {
  browInnerDy: 0, browMidDy: 0, browOuterDy: 0, browsTogether: 0, upperLid: 8.5, lowerLid: 6,
  mouthHalfWidth: 25, mouthCornerDy: 0, mouthCenterDy: 0, mouthOpen: 0, teeth: false, smileLines: 0.1, frownLines: 0,
};

export const POSES: Readonly<Record<Expression, Pose>> = {
  neutral: { ...RELAXED, browInnerDy: 4, browMidDy: 4, browOuterDy: 2, upperLid: 5.6, lowerLid: 3.6, smileLines: 0 },
  happy: {
    ...RELAXED, browMidDy: -2, upperLid: 7, lowerLid: 3.2, mouthHalfWidth: 37, mouthCornerDy: -13, mouthCenterDy: 1,
    mouthOpen: 15, teeth: true, smileLines: 1,
  },
  sad: {
    ...RELAXED, browInnerDy: -10, browMidDy: -1, browOuterDy: 6, browsTogether: 4, upperLid: 5.5, lowerLid: 5.5,
    mouthHalfWidth: 23, mouthCornerDy: 10, mouthCenterDy: -3, smileLines: 0.45, frownLines: 0.35,
  },
  surprise: {
    ...RELAXED, browInnerDy: -14, browMidDy: -18, browOuterDy: -13, upperLid: 14.5, lowerLid: 9,
    mouthHalfWidth: 18, mouthCornerDy: 5, mouthCenterDy: 3, mouthOpen: 31, smileLines: 0,
  },
  angry: {
    ...RELAXED, browInnerDy: 14, browMidDy: 6, browOuterDy: -5, browsTogether: 9, upperLid: 6, lowerLid: 3.6,
    mouthHalfWidth: 24, mouthCornerDy: 6, mouthCenterDy: -1, smileLines: 0.35, frownLines: 1,
  },
  fear: {
    ...RELAXED, browInnerDy: -13, browMidDy: -10, browOuterDy: -3, browsTogether: 6, upperLid: 13.5, lowerLid: 6.5,
    mouthHalfWidth: 30, mouthCornerDy: 5, mouthCenterDy: 2, mouthOpen: 12, teeth: true, smileLines: 0.25, frownLines: 0.4,
  },
  disgust: {
    ...RELAXED, browInnerDy: 7, browMidDy: 3, browOuterDy: 0, browsTogether: 5, upperLid: 5.5, lowerLid: 3,
    mouthHalfWidth: 26, mouthCornerDy: 7, mouthCenterDy: -7, mouthOpen: 4, teeth: true, smileLines: 0.9, frownLines: 0.8,
  },
};

/** Seeded pseudo-random numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = (Math.imul(seed, 0x9e3779b1) + 0x6d2b79f5) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SKINS = ['#e8b896', '#f1c9ab', '#c98d63', '#a76b45', '#7d4c30', '#dba67e'] as const;
/** Darkest first. */
const HAIRS = ['#15120f', '#2a1d17', '#3b2a20', '#5a3a22', '#777070', '#8d5a2b', '#b98d4f'] as const;
/** Skins that may have lighter hair. */
const FAIR = new Set<string>(['#e8b896', '#f1c9ab', '#dba67e']);
const IRISES = ['#5b3a1e', '#3f6b8a', '#4f7045', '#33241a'] as const;
const SHIRTS = ['#3e5c76', '#7a4b4b', '#4d6b53', '#5b5170', '#8a7340', '#455059'] as const;
const STYLES = ['short', 'long', 'cropped', 'curly'] as const;

function pick<T>(items: readonly T[], share: number): T {
  const item = items[Math.min(items.length - 1, Math.floor(share * items.length))];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** Blends a `#rrggbb` colour towards another; `share` 0–1. */
export function mix(from: string, to: string, share: number): string {
  const channel = (color: string, at: number) => parseInt(color.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) => Math.round(channel(from, at) * (1 - share) + channel(to, at) * share).toString(16).padStart(2, '0'))
    .join('')}`;
}

/** Appearance for an integer seed; neighbouring seeds differ in skin. */
export function lookOf(seed: number): Look {
  const random = seededRandom(seed);
  const skin = pick(SKINS, (((seed % SKINS.length) + SKINS.length) % SKINS.length) / SKINS.length);
  const hair = pick(HAIRS, random() * (FAIR.has(skin) ? 1 : 0.42));
  const hairStyle = pick(STYLES, random());
  return {
    skin,
    skinShade: mix(skin, '#3a1a10', 0.38),
    skinLight: mix(skin, '#fff2e2', 0.3),
    lips: mix(skin, '#a02c38', 0.5),
    hair,
    hairLight: mix(hair, '#ffffff', 0.18),
    iris: pick(IRISES, random()),
    shirt: pick(SHIRTS, random()),
    hairStyle,
    beard: hairStyle !== 'long' && random() < 0.3,
    glasses: random() < 0.15,
    breadth: 0.94 + 0.12 * random(),
  };
}
