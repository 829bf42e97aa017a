import type { Expression } from '../../engine/labels';
import { msg, type Phrase } from '../../words/i18n';

/** A face drawn in a sample, in shares of the picture's width and height. */
interface DrawnFace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly expression: Expression;
}

export interface Sample {
  /** URL relative to the page. */
  readonly path: string;
  /** URL of its thumbnail, relative to the page. */
  readonly picture: string;
  /** Size of the thumbnail in pixels, which reserves its space while it loads. */
  readonly size: readonly [width: number, height: number];
  readonly name: Phrase;
  readonly faces: readonly DrawnFace[];
}

/** Converts a drawn face from pixels to the square that detectors report for it. */
function drawnFace(centreX: number, centreY: number, drawnHeight: number, expression: Expression, [width, height]: readonly [number, number]): DrawnFace {
  const side = 0.79 * drawnHeight;
  return { x: (centreX - side / 2) / width, y: (centreY + 0.08 * drawnHeight - side / 2) / height, width: side / width, height: side / height, expression };
}

const SMALL = [640, 480] as const;
const WIDE = [1280, 720] as const;

/** Drawn by the project; they show no real person. */
export const SAMPLES: readonly Sample[] = [
  {
    path: 'samples/five.webp',
    picture: 'samples/five.webp',
    size: WIDE,
    name: msg('Five faces'),
    faces: [
      drawnFace(180, 300, 190, 'happy', WIDE),
      drawnFace(420, 400, 200, 'neutral', WIDE),
      drawnFace(640, 260, 185, 'surprise', WIDE),
      drawnFace(865, 400, 205, 'sad', WIDE),
      drawnFace(1100, 300, 190, 'angry', WIDE),
    ],
  },
  { path: 'samples/one.webp', picture: 'samples/one.webp', size: SMALL, name: msg('One face'), faces: [drawnFace(320, 215, 220, 'happy', SMALL)] },
  { path: 'samples/clip.mp4', picture: 'samples/clip.webp', size: SMALL, name: msg('Two people, 12 seconds'), faces: [] },
];

/** Fetches a sample as if it had been chosen from disk. Rejects if that fails. */
export async function fetchSample({ path }: Sample): Promise<File> {
  const response = await fetch(new URL(path, document.baseURI));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const blob = await response.blob();
  return new File([blob], path.replace('samples/', 'sample-'), { type: blob.type });
}
