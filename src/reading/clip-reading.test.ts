import { expect, it } from 'vitest';
import type { VideoFileSource, VideoInfo } from '../sources/video-file-source';
import { ClipReading } from './clip-reading';
import type { ReadyEngine } from './engine-source';

const PART = { framesPerSecond: 5, search: 'thorough', fromMs: 0, toMs: 1000 } as const;
const INFO = { bytes: 9, container: 'mkv', codec: 'vp8', size: { width: 4, height: 3 }, startMs: 0, endMs: 1000, brokenOffAtMs: null, track: 0, tracks: [], recordings: 1, notRead: [] };

/** Start time of a clip, as in its exported files. */
async function startMs(info: Partial<VideoInfo>): Promise<number | null | undefined> {
  const engine = { engine: { resetLive: () => Promise.resolve() }, health: { backend: 'wasm' } } as unknown as ReadyEngine;
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(engine), smoothingMs: 0, stream: 'clip', name: 'a.mkv', capacity: 10 });
  const source = { info: { ...INFO, ...info }, frames: async function* () {}, close: () => undefined } as unknown as VideoFileSource;
  await reading.run(source, new AbortController().signal);
  return reading.account()?.source.startMs;
}

it('reports the start of a container\'s clock, also below 0', async () => {
  expect(await startMs({ startMs: 40 })).toBe(40);
  expect(await startMs({ startMs: 0, movedMs: 500 })).toBe(-500);
});
