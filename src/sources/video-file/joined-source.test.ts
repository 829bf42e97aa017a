import { expect, it } from 'vitest';
import { MienError } from '../../engine/errors';
import type { FrameSelection, SourceSample, VideoInfo } from '../video-file-source';
import { joinParts, type Part } from './joined-source';
import { NOTHING_DECODED } from './sampled-frames';

/** A recording of one second, ten frames a second, which fails with an error after some undecodable frames. */
function failing(number: number, samples: number, detail: string): Part {
  async function* frames(selection: FrameSelection): AsyncGenerator<SourceSample, void, undefined> {
    const moments = 'atMs' in selection ? selection.atMs : Array.from({ length: 10 }, (_, i) => i * 100);
    for (const [sample, momentMs] of moments.slice(0, samples).entries()) yield await Promise.resolve({ status: 'left-out', sample, momentMs, reason: 'undecodable' } as const);
    throw new MienError('video', 'damaged', detail);
  }
  const info = { startMs: 0, endMs: 1000 } as VideoInfo;
  return { source: { info, frames, count: () => samples, close: () => undefined }, fromMs: number * 1000, toMs: (number + 1) * 1000, offsetMs: number * 1000, number: number * 10 };
}

async function toldBy(parts: readonly Part[], framesPerSecond: number | 'every') {
  const told: number[] = [];
  const source = joinParts(parts, { startMs: 0, endMs: 2000 } as VideoInfo);
  const error = await (async () => {
    for await (const { sample } of source.frames({ framesPerSecond })) told.push(sample);
  })().then(() => null, (thrown: unknown) => MienError.from(thrown).detail);
  return { told, error };
}

it.each([5, 'every'] as const)('reads on after a recording without a decodable frame, at %s', async (rate) => {
  const { told } = await toldBy([failing(0, Infinity, NOTHING_DECODED), failing(1, Infinity, NOTHING_DECODED)], rate);
  expect(told).toEqual(Array.from({ length: rate === 'every' ? 20 : 10 }, (_, i) => i));
});

it.each([5, 'every'] as const)('never passes over the rest of a recording whose reading fails, at %s', async (rate) => {
  const { told, error } = await toldBy([failing(0, 2, 'no canvas'), failing(1, Infinity, NOTHING_DECODED)], rate);
  expect({ told, error }).toEqual({ told: [0, 1], error: 'no canvas' });
});

it('assigns each moment to its recording in one pass', () => {
  let looks = 0;
  const parts = Array.from({ length: 50 }, (_, number): Part => {
    const { source, ...part } = failing(number, Infinity, NOTHING_DECODED);
    const counted = { ...source, count: (selection: FrameSelection) => ('atMs' in selection ? selection.atMs.length : 0) };
    return {
      ...{ ...part, source: counted },
      get fromMs() {
        looks++;
        return number * 1000;
      },
    };
  });
  expect(joinParts(parts, { startMs: 0, endMs: 50_000 } as VideoInfo).count({ framesPerSecond: 20 })).toBe(1000);
  expect(looks).toBeLessThanOrEqual(50 * 1000);
});
