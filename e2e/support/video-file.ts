import type { Page } from '@playwright/test';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { studioOf } from './studio';

export interface VideoFacts {
  readonly codec: string | null;
  readonly width: number;
  readonly height: number;
  /** Time of every frame, ms. */
  readonly timesMs: readonly number[];
  readonly durationMs: number;
  readonly hasSound: boolean;
}

/** Metadata of a video file. */
export async function videoFacts(bytes: Buffer): Promise<VideoFacts> {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('no video track');
    const timesMs: number[] = [];
    for await (const { timestamp } of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) timesMs.push(timestamp * 1000);
    return {
      codec: await track.getCodec(),
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      timesMs: timesMs.sort((a, b) => a - b),
      durationMs: (await track.computeDuration()) * 1000,
      hasSound: (await input.getPrimaryAudioTrack()) !== null,
    };
  } finally {
    input.dispose();
  }
}

/** A rectangle (left, top, width, height) of the frame at a time. */
export interface Place {
  readonly timeMs: number;
  readonly box: readonly [number, number, number, number];
}

/** A video as a player shows it, in another page than the one under test; one at a time. */
export class Player {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Fails if the browser cannot play it. */
  static async open(page: Page, bytes: Buffer, type: string): Promise<Player> {
    const player = await studioOf(page);
    await player.evaluate(
      async ([base64, mime]) => {
        const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const video = document.createElement('video');
        video.muted = true;
        video.src = URL.createObjectURL(new Blob([data], { type: mime }));
        document.body.replaceChildren(video);
        await new Promise((resolve, reject) => {
          video.onloadeddata = resolve;
          video.onerror = () => reject(new Error(video.error?.message ?? 'cannot be played'));
        });
      },
      [bytes.toString('base64'), type] as const,
    );
    return new Player(player);
  }

  /** Plays to the end at four times the speed; returns the duration reported by the player, ms. */
  play(): Promise<number> {
    return this.#page.evaluate(async () => {
      const video = document.querySelector('video');
      if (!video) throw new Error('no video');
      video.playbackRate = 4;
      await video.play();
      await new Promise((resolve) => (video.onended = resolve));
      return video.duration * 1000;
    });
  }

  /** The frame at a time, as PNG. */
  async frameAt(timeMs: number): Promise<Buffer> {
    const base64 = await this.#page.evaluate(async (seconds) => {
      const video = document.querySelector('video');
      if (!video) throw new Error('no video');
      // In the middle of the frame, away from rounding.
      video.currentTime = seconds;
      await new Promise((resolve) => (video.onseeked = resolve));
      const canvas = document.createElement('canvas');
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      canvas.getContext('2d')?.drawImage(video, 0, 0);
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    }, timeMs / 1000);
    return Buffer.from(base64, 'base64');
  }

  /** Mean difference of neighbouring pixels within a rectangle at each of some times: the amount of visible detail, in steps of 0–255. */
  detailIn(places: readonly Place[]): Promise<number[]> {
    return this.#page.evaluate(async (wanted) => {
      const video = document.querySelector('video');
      const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      if (!video || !context) throw new Error('no video');
      Object.assign(context.canvas, { width: video.videoWidth, height: video.videoHeight });
      const found: number[] = [];
      for (const { timeMs, box: [x, y, width, height] } of wanted) {
        video.currentTime = timeMs / 1000;
        await new Promise((resolve) => (video.onseeked = resolve));
        context.drawImage(video, 0, 0);
        const { data } = context.getImageData(x, y, width, height);
        let sum = 0;
        for (let at = 4; at < data.length; at += 4) if ((at / 4) % width !== 0) sum += Math.abs((data[at + 1] ?? 0) - (data[at - 3] ?? 0));
        found.push(sum / (data.length / 4));
      }
      return found;
    }, places);
  }

  /** Share (0–1) of the pixels within a rectangle, at each of some times, that have a colour, within a codec's tolerance. */
  sharesOf(places: readonly Place[], color: string): Promise<number[]> {
    return this.#page.evaluate(
      async ([wanted, hex, most]) => {
        const video = document.querySelector('video');
        const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        if (!video || !context) throw new Error('no video');
        Object.assign(context.canvas, { width: video.videoWidth, height: video.videoHeight });
        const own = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
        const found: number[] = [];
        for (const { timeMs, box: [x, y, width, height] } of wanted) {
          video.currentTime = timeMs / 1000;
          await new Promise((resolve) => (video.onseeked = resolve));
          context.drawImage(video, 0, 0);
          const { data } = context.getImageData(x, y, width, height);
          let near = 0;
          for (let at = 0; at < data.length; at += 4) if (own.every((channel, c) => Math.abs((data[at + c] ?? 0) - channel) <= most)) near++;
          found.push(near / (data.length / 4));
        }
        return found;
      },
      [places, color, 16] as const,
    );
  }

  async close(): Promise<void> {
    await this.#page.evaluate(() => {
      const video = document.querySelector('video');
      if (video) URL.revokeObjectURL(video.src);
      document.body.replaceChildren();
    });
  }
}
