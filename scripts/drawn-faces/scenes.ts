import type { Expression } from '../../src/engine/labels';
import type { Size } from '../../src/engine/geometry';
import { drawFace, type DrawnFace } from './face';

/** A picture of drawn people as self-contained SVG. */
export interface Scene {
  readonly size: Size;
  readonly faces: readonly DrawnFace[];
  readonly svg: string;
}

/** Camera effects. */
export interface Exposure {
  /** Factor on every colour, clipped at white; 1 changes nothing. */
  readonly gain?: number;
  /** Standard deviation of a Gaussian blur, pixels. */
  readonly blurPx?: number;
}

export function drawScene(size: Size, faces: readonly DrawnFace[], { gain = 1, blurPx = 0 }: Exposure = {}): Scene {
  const { width, height } = size;
  const slopes = (['R', 'G', 'B'] as const).map((channel) => `<feFunc${channel} type="linear" slope="${gain}"/>`).join('');
  // Farther, i.e. smaller, people first.
  const ordered = [...faces].sort((a, b) => a.height - b.height);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs><filter id="exposure" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="${blurPx}"/><feComponentTransfer>${slopes}</feComponentTransfer></filter>
<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#d3d8d4"/><stop offset="1" stop-color="#a3adaf"/></linearGradient></defs>
<g${gain === 1 && blurPx === 0 ? '' : ' filter="url(#exposure)"'}><rect width="${width}" height="${height}" fill="url(#wall)"/>
${ordered.map((face, index) => drawFace(face, `f${index}`)).join('\n')}</g>
</svg>`;
  return { size, faces, svg };
}

const SMALL: Size = { width: 640, height: 480 };
const WIDE: Size = { width: 1280, height: 720 };
/** Expressions in the order in which scenes with several people use them. */
const VARIED: readonly Expression[] = ['happy', 'neutral', 'surprise', 'sad', 'angry'];

/** One person in the middle of 640×480. */
export function oneFace(expression: Expression = 'happy', seed = 1): Scene {
  return drawScene(SMALL, [{ x: 320, y: 215, height: 220, expression, seed }]);
}

/** Five people, five expressions, 1280×720. */
export function fiveFaces(): Scene {
  const places = [[180, 300, 190], [420, 400, 200], [640, 260, 185], [865, 400, 205], [1100, 300, 190]] as const;
  return drawScene(WIDE, places.map(([x, y, height], index) => ({ x, y, height, seed: index, expression: VARIED[index % VARIED.length] ?? 'neutral' })));
}

/** A group photo in three rows of 7, 6 and 7: 1600×1000, each face 76–90 pixels high. */
export function twentyFaces(): Scene {
  const faces = [7, 6, 7].flatMap((count, row) =>
    Array.from({ length: count }, (_, column) => ({
      x: 800 + (column - (count - 1) / 2) * 208,
      y: 250 + row * 210 + ((column * 37) % 3) * 8,
      height: 76 + row * 7,
    })),
  );
  return drawScene(
    { width: 1600, height: 1000 },
    faces.map((place, index): DrawnFace => ({ ...place, seed: index, expression: VARIED[index % VARIED.length] ?? 'neutral' })),
  );
}

/** A crowd in rows at 1280×720, with faces of the given height in pixels. */
export function manyFaces(count: number, height: number): Scene {
  const across = Math.ceil(Math.sqrt((count * WIDE.width) / WIDE.height));
  const rows = Math.ceil(count / across);
  const faces = Array.from({ length: count }, (_, index): DrawnFace => ({
    x: ((index % across) + 0.5) * (WIDE.width / across),
    y: (Math.floor(index / across) + 0.45) * (WIDE.height / rows),
    height,
    seed: index,
    expression: VARIED[index % VARIED.length] ?? 'neutral',
  }));
  return drawScene(WIDE, faces);
}

/** An empty room. */
export function noFace(): Scene {
  return drawScene(SMALL, []);
}

/** A face cut off by about a third at the picture's left edge. */
export function cutFace(): Scene {
  return drawScene(SMALL, [{ x: 38, y: 220, height: 240, expression: 'happy', seed: 1 }]);
}

/** One head turned and tilted; angles in degrees as in `DrawnFace`. */
export function turnedFace(yawDeg: number, rollDeg = 0, seed = 1): Scene {
  return drawScene(SMALL, [{ x: 320, y: 215, height: 220, expression: 'neutral', seed, yawDeg, rollDeg }]);
}

/** Two people walking past each other; `share` of the way, 0–1. The farther one is slightly higher. */
export function crossing(share: number): Scene {
  return drawScene(SMALL, [
    { x: 130 + 380 * share, y: 190, height: 130, expression: 'neutral', seed: 3 },
    { x: 510 - 380 * share, y: 270, height: 160, expression: 'happy', seed: 1 },
  ]);
}
