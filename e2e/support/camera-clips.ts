import { chromium } from '@playwright/test';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CLIP_FRAMES_PER_SECOND, crossingPeople, farPerson, personAside, swayingPerson } from '../../scripts/drawn-faces/clips';
import { renderClip } from '../../scripts/drawn-faces/render';
import type { Scene } from '../../scripts/drawn-faces/scenes';
import { launchOptions } from '../../scripts/find-browser';
import { clipPath, testBrowser, type ClipName } from './browser';

/** Fewer than a real camera's: the app reads all it can, and a third of the frames costs a third of the processor time. */
const CAMERA_FRAMES_PER_SECOND = 10;

const CLIPS: Readonly<Record<ClipName, () => Iterable<Scene>>> = {
  one: () => swayingPerson(4),
  far: () => farPerson(2),
  aside: () => personAside(1),
  two: () => crossingPeople(6),
};

function framesOf(name: ClipName): Scene[] {
  return [...CLIPS[name]()].filter((_, i) => i % (CLIP_FRAMES_PER_SECOND / CAMERA_FRAMES_PER_SECOND) === 0);
}

/** Draws the fake camera's clips if they are missing or older than the drawing code. */
export async function drawCameraClips(): Promise<void> {
  const drawing = new URL('../../scripts/drawn-faces/', import.meta.url);
  const drawnAtMs = Math.max(...readdirSync(drawing).map((name) => statSync(new URL(name, drawing)).mtimeMs));
  const names = (['one', 'far', 'aside', 'two'] as const).filter((name) => {
    const path = clipPath(name);
    return !existsSync(path) || statSync(path).mtimeMs < drawnAtMs;
  });
  if (names.length === 0) return;
  const browser = await chromium.launch(launchOptions(testBrowser));
  try {
    for (const name of names) {
      const path = clipPath(name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.part`, await renderClip(browser, framesOf(name), CAMERA_FRAMES_PER_SECOND));
      renameSync(`${path}.part`, path);
    }
  } finally {
    await browser.close();
  }
}
