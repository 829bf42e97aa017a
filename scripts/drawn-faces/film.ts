import type { Browser, Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import type { Scene } from './scenes';

/** A scene and its duration. */
export interface Shot {
  readonly scene: Scene;
  readonly seconds: number;
}

export interface FilmOptions {
  readonly format: 'mp4' | 'mov' | 'webm' | 'mkv';
  readonly codec: 'avc' | 'vp8' | 'vp9' | 'av1';
  readonly framesPerSecond: number;
  /** Clockwise rotation that players apply to the stored frames. Default: 0. */
  readonly rotation?: 0 | 90 | 180 | 270;
  /** Seconds between keyframes. Default: 2. */
  readonly keyFrameInterval?: number;
  /** Bits per second. Default: 600,000. */
  readonly bitrate?: number;
  /** Adds a tone. Default: false. */
  readonly sound?: boolean;
}

declare global {
  interface Window {
    /** The library's bundle, loaded as a script. */
    Mediabunny: typeof import('mediabunny');
    film: {
      readonly output: import('mediabunny').Output;
      readonly target: import('mediabunny').BufferTarget;
      readonly source: import('mediabunny').CanvasSource;
      readonly canvas: HTMLCanvasElement;
      drawn: string;
    };
  }
}

/** Encoders require a secure context, which localhost is even without a server. */
const STUDIO = 'http://localhost/studio';
const LIBRARY = fileURLToPath(new URL('../../node_modules/mediabunny/dist/bundles/mediabunny.cjs', import.meta.url));

/**
 * Encodes shots as a video file with the browser's own encoders, so that no other program is needed. A clip with a
 * variable frame rate has shots of different lengths and a rate high enough for one frame each.
 */
export async function film(browser: Browser, shots: Iterable<Shot>, options: FilmOptions): Promise<Buffer> {
  const page = await openStudio(browser);
  try {
    let started = false;
    let timeS = 0;
    for (const { scene, seconds } of shots) {
      if (!started) await start(page, scene, options);
      started = true;
      await shoot(page, scene, timeS, Math.max(1, Math.round(seconds * options.framesPerSecond)), seconds);
      timeS += seconds;
    }
    return await finish(page, options.sound === true ? timeS : 0);
  } finally {
    await page.close();
  }
}

/** A file with a tone and no video. */
export async function soundOnly(browser: Browser, seconds: number): Promise<Buffer> {
  const page = await openStudio(browser);
  try {
    const base64 = await page.evaluate(async (length) => {
      const { AudioBufferSource, BufferTarget, Output, Quality, WebMOutputFormat } = window.Mediabunny;
      const target = new BufferTarget();
      const output = new Output({ format: new WebMOutputFormat(), target });
      const source = new AudioBufferSource({ codec: 'opus', quality: new Quality({ bitrate: 32_000 }) });
      output.addAudioTrack(source);
      await output.start();
      await source.add(new AudioBuffer({ length: 48_000 * length, sampleRate: 48_000 }));
      await output.finalize();
      return btoa(Array.from(new Uint8Array(target.buffer ?? new ArrayBuffer(0)), (byte) => String.fromCharCode(byte)).join(''));
    }, seconds);
    return Buffer.from(base64, 'base64');
  } finally {
    await page.close();
  }
}

async function openStudio(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.route(STUDIO, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Studio</title>' }));
  await page.goto(STUDIO);
  await page.addScriptTag({ path: LIBRARY });
  return page;
}

async function start(page: Page, { size }: Scene, options: FilmOptions): Promise<void> {
  await page.evaluate(
    async ([{ width, height }, { format, codec, rotation = 0, keyFrameInterval = 2, bitrate = 600_000, sound = false }]) => {
      const { AudioBufferSource, BufferTarget, CanvasSource, MkvOutputFormat, MovOutputFormat, Mp4OutputFormat, Output, Quality, WebMOutputFormat } = window.Mediabunny;
      const formats = { mp4: Mp4OutputFormat, mov: MovOutputFormat, webm: WebMOutputFormat, mkv: MkvOutputFormat };
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width, height });
      const target = new BufferTarget();
      // The index of an MP4 or MOV goes last, as cameras write it; other formats ignore the option.
      const output = new Output({ format: new formats[format]({ fastStart: false }), target });
      const source = new CanvasSource(canvas, { codec, quality: new Quality({ bitrate }), keyFrameInterval });
      output.addVideoTrack(source, { rotation });
      if (sound) {
        const tone = new AudioBufferSource({ codec: 'opus', quality: new Quality({ bitrate: 32_000 }) });
        output.addAudioTrack(tone);
        Object.assign(window, { tone });
      }
      await output.start();
      window.film = { output, target, source, canvas, drawn: '' };
    },
    [size, options] as const,
  );
}

async function shoot(page: Page, scene: Scene, timeS: number, frames: number, seconds: number): Promise<void> {
  await page.evaluate(
    async ([svg, startS, count, lengthS]) => {
      const { canvas, source } = window.film;
      if (window.film.drawn !== svg) {
        const picture = new Image();
        picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
        await picture.decode();
        canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
        window.film.drawn = svg;
      }
      for (let i = 0; i < count; i++) await source.add(startS + (i * lengthS) / count, lengthS / count);
    },
    [scene.svg, timeS, frames, seconds] as const,
  );
}

async function finish(page: Page, soundS: number): Promise<Buffer> {
  const base64 = await page.evaluate(async (length) => {
    const { output, target } = window.film;
    if (length > 0 && 'tone' in window) {
      const tone = window.tone as import('mediabunny').AudioBufferSource;
      await tone.add(new AudioBuffer({ length: Math.ceil(48_000 * length), sampleRate: 48_000 }));
    }
    await output.finalize();
    const bytes = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  }, soundS);
  return Buffer.from(base64, 'base64');
}
