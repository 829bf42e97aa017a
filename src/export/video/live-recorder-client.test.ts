import { expect, it, vi } from 'vitest';
import { MienError } from '../../engine/errors';
import type { LiveFrame } from '../../engine/types';
import type { EncoderWorker } from './encoder-worker';
import { LiveRecorderClient } from './live-recorder-client';

const disk = vi.hoisted(() => ({ written: new Blob(), removed: 0 }));
vi.mock('../../session/device-files', () => ({
  readFile: () => Promise.resolve(disk.written),
  removeFile: () => Promise.resolve(disk.removed++),
}));

const DEAD = new MienError('encoding', 'failed', 'the worker died');
const PLACE = { folder: 'videos', name: 'id.webm' };
const FRAME = { close: () => undefined } as unknown as LiveFrame;

interface Given {
  readonly written: string;
  /** The worker dies before it is asked to finish. */
  readonly early?: boolean;
}

async function finish({ written, early = false }: Given) {
  disk.written = new Blob([written]);
  disk.removed = 0;
  let calls = 0;
  const worker = { call: () => (calls++ > 0 && early ? Promise.reject(DEAD) : Promise.resolve(null)), finish: () => Promise.reject(DEAD) } as unknown as EncoderWorker;
  const told: MienError[] = [];
  const options = { size: { width: 4, height: 4 }, format: 'webm', look: 'plain', overlay: { pose: false }, place: PLACE, worker } as const;
  const client = await LiveRecorderClient.create(options, (error) => told.push(error));
  client.push(FRAME, 0);
  await vi.waitFor(() => expect(told).toHaveLength(early ? 1 : 0));
  const video = await client.finish().catch((error: unknown) => error as MienError);
  return { video: video instanceof Blob ? await video.text() : video, told, removed: disk.removed };
}

it('returns the part on disk and reports the error if the worker dies while finishing', async () => {
  expect(await finish({ written: 'part' })).toEqual({ video: 'part', told: [DEAD], removed: 0 });
});

it('reports an error once', async () => {
  expect(await finish({ written: 'part', early: true })).toEqual({ video: 'part', told: [DEAD], removed: 0 });
});

it('throws and removes the file if nothing was written', async () => {
  expect(await finish({ written: '' })).toEqual({ video: DEAD, told: [], removed: 1 });
});
