import { chromium, type Browser } from '@playwright/test';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureBrowser, launchOptions } from '../find-browser';
import { crossingShots, cutsAtOnePlace, expressionPerSecond, heldPicture, leavingAndReturning, nobody } from './clips';
import { film, soundOnly } from './film';
import { writeMotionJpeg } from './motion-jpeg';
import { renderScene } from './render';

const SMALL = { width: 640, height: 480 };
const THREE = ['happy', 'surprise', 'neutral'] as const;

/** How each clip is made; the names state what is special. */
const CLIPS = {
  'per-second.mp4': (browser) => film(browser, expressionPerSecond(THREE), { format: 'mp4', codec: 'avc', framesPerSecond: 20, sound: true }),
  'per-second.webm': (browser) => film(browser, expressionPerSecond(THREE), { format: 'webm', codec: 'vp9', framesPerSecond: 2 }),
  'per-second.mkv': (browser) => film(browser, expressionPerSecond(THREE), { format: 'mkv', codec: 'vp8', framesPerSecond: 2 }),
  'per-second.mov': (browser) => film(browser, expressionPerSecond(THREE), { format: 'mov', codec: 'avc', framesPerSecond: 2 }),
  'per-second.avi': motionJpeg,
  'crossing.mp4': (browser) => film(browser, crossingShots(4, 10), { format: 'mp4', codec: 'avc', framesPerSecond: 10 }),
  'leaving.mp4': (browser) => film(browser, leavingAndReturning(), { format: 'mp4', codec: 'avc', framesPerSecond: 10 }),
  // Stored rotated, as phones do: the face is upright only after rotation.
  'rotated.mp4': (browser) => film(browser, lyingPerson(), { format: 'mp4', codec: 'avc', framesPerSecond: 10, rotation: 90 }),
  'variable.mp4': (browser) => film(browser, variableShots(), { format: 'mp4', codec: 'avc', framesPerSecond: 1 }),
  'odd.webm': (browser) => film(browser, expressionPerSecond(['happy', 'happy'], { width: 321, height: 241 }), { format: 'webm', codec: 'vp8', framesPerSecond: 10 }),
  'cuts.mp4': (browser) => film(browser, cutsAtOnePlace(2), { format: 'mp4', codec: 'avc', framesPerSecond: 10 }),
  'held.mp4': (browser) => film(browser, heldPicture(), { format: 'mp4', codec: 'avc', framesPerSecond: 0.1 }),
  'nobody.mp4': (browser) => film(browser, nobody(2), { format: 'mp4', codec: 'avc', framesPerSecond: 10 }),
  // Small, since only its length matters: frames of 640×480 take ten times as long to encode.
  'long.webm': (browser) => film(browser, expressionPerSecond(Array<'happy'>(60).fill('happy'), { width: 320, height: 240 }), { format: 'webm', codec: 'vp8', framesPerSecond: 10 }),
  'sound.webm': (browser) => soundOnly(browser, 2),
} satisfies Record<string, (browser: Browser) => Promise<Buffer>>;

export type VideoClip = keyof typeof CLIPS;

async function motionJpeg(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    const pictures: Buffer[] = [];
    for (const { scene } of expressionPerSecond(THREE)) {
      const picture = await renderScene(page, scene, 'image/jpeg', 0.85);
      pictures.push(...Array<Buffer>(10).fill(picture));
    }
    return writeMotionJpeg(pictures, { size: SMALL, framesPerSecond: 10 });
  } finally {
    await page.close();
  }
}

function* lyingPerson() {
  for (const { scene, seconds } of expressionPerSecond(['happy', 'happy'], { width: 480, height: 640 })) {
    const { width, height } = scene.size;
    const inner = scene.svg.replace('<svg ', '<svg x="0" y="0" ');
    // A quarter turn to the left, undone by the rotation in the file's metadata.
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${height}" height="${width}"><g transform="translate(0 ${width}) rotate(-90)">${inner}</g></svg>`;
    yield { scene: { ...scene, size: { width: height, height: width }, svg }, seconds };
  }
}

/** Frames of 0.1 to 0.7 seconds. */
function* variableShots() {
  for (const { scene } of expressionPerSecond(THREE)) {
    for (const seconds of [0.1, 0.2, 0.7]) yield { scene, seconds };
  }
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../../.cache/videos/${name}`, import.meta.url));
}

export function isVideoClip(name: string): name is VideoClip {
  return name in CLIPS;
}

/** A browser to draw clips in; the caller closes it. */
export function openStudio(): Promise<Browser> {
  return chromium.launch(launchOptions(ensureBrowser()));
}

/**
 * Renders clips to disk that are missing or older than the drawing code.
 *
 * @param studio a browser that stays open; default: a temporary one for these clips.
 */
export async function videoClips(names: readonly VideoClip[], studio?: () => Promise<Browser>): Promise<void> {
  const drawing = new URL('.', import.meta.url);
  const sources = readdirSync(drawing).map((name) => new URL(name, drawing));
  const drawnAtMs = Math.max(...sources.map((source) => statSync(source).mtimeMs));
  const missing = names.filter((name) => !existsSync(pathOf(name)) || statSync(pathOf(name)).mtimeMs < drawnAtMs);
  if (missing.length === 0) return;
  mkdirSync(pathOf(''), { recursive: true });
  const browser = await (studio ?? openStudio)();
  try {
    for (const name of missing) {
      const bytes = await CLIPS[name](browser);
      // Two test processes may render the same clip concurrently.
      const part = `${pathOf(name)}.${process.pid}`;
      writeFileSync(part, bytes);
      renameSync(part, pathOf(name));
    }
  } finally {
    if (!studio) await browser.close();
  }
}

export function clipFile(name: VideoClip): string {
  return pathOf(name);
}

export function clipBytes(name: VideoClip): Buffer {
  return readFileSync(pathOf(name));
}
