/** `npm run samples`: draws the app's sample pictures and clip into public/samples. The results are committed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { sampleClip } from './drawn-faces/clips';
import { film } from './drawn-faces/film';
import { renderScene } from './drawn-faces/render';
import { fiveFaces, oneFace } from './drawn-faces/scenes';
import { ensureBrowser, launchOptions } from './find-browser';

/** Smooth enough for a drawing, at few bytes. */
const CLIP_FRAMES_PER_SECOND = 12;

const folder = new URL('../public/samples/', import.meta.url);
const samples = { 'one.webp': oneFace(), 'five.webp': fiveFaces() };

const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  const page = await browser.newPage();
  mkdirSync(folder, { recursive: true });
  for (const [name, scene] of Object.entries(samples)) writeFileSync(new URL(name, folder), await renderScene(page, scene, 'image/webp'));
  const shots = [...sampleClip(CLIP_FRAMES_PER_SECOND)];
  writeFileSync(new URL('clip.mp4', folder), await film(browser, shots, { format: 'mp4', codec: 'avc', framesPerSecond: CLIP_FRAMES_PER_SECOND, bitrate: 120_000 }));
  const middle = shots[Math.floor(shots.length * 0.4)];
  if (middle) writeFileSync(new URL('clip.webp', folder), await renderScene(page, middle.scene, 'image/webp'));
} finally {
  await browser.close();
}
