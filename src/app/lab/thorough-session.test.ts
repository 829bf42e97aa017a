import { expect, it, vi } from 'vitest';
import type { Checkpoint } from '../../lab/teach/training';
import type { TrainingNews } from '../../lab/teach/training-job';
import type { DataSet } from './data-set';
import { thoroughSession } from './thorough-session';
import type { TrainingChoice } from './training-choice';

const train = vi.hoisted(() => vi.fn((_order: unknown, _onNews: (news: TrainingNews) => void): Promise<never> => Promise.reject(new Error('asked'))));
vi.mock('../../lab/lab-client', () => ({ LabClient: class { readonly train = train; readonly dispose = () => undefined; } }));
vi.mock('./training-database', () => ({ deleteTraining: () => Promise.resolve(), digestOf: () => digest(), readTraining: () => read(), writeTraining: () => Promise.resolve() }));
vi.stubGlobal('document', { baseURI: 'https://mien.test/' });
vi.stubGlobal('navigator', {});

/** Checkpoint in the database. */
let stored: unknown;
const readStored = () => Promise.resolve(stored);
let read: () => Promise<unknown> = readStored;
let digest = () => Promise.resolve('digest');
const COUNT = 40;
const numbers = Array.from({ length: COUNT }, (_, i) => i);
const data: DataSet = {
  name: 'few',
  faces: numbers.map((i) => ({ name: `${i}.png`, label: '', columns: {}, category: i % 2 ? 'happy' : 'sad', person: null, concerned: false })),
  leftOut: [],
  bursts: numbers,
  pixels: { luminance: new Uint8Array(COUNT * 48 * 48), colors: null },
};
const choice = { name: 'mine', network: 'mien-s', plan: { batch: 8, epochs: 1 } } as unknown as TrainingChoice;

it('does not start training if it is cancelled during preparation', async () => {
  digest = () => {
    thoroughSession.cancel();
    return Promise.resolve('digest');
  };
  await thoroughSession.start(data, choice);
  expect([thoroughSession.getSnapshot().status, train.mock.calls.length]).toEqual(['idle', 0]);

  digest = () => Promise.resolve('digest');
  await thoroughSession.start(data, choice);
  expect([thoroughSession.getSnapshot().status, train.mock.calls.length]).toEqual(['failed', 1]);
});

it('offers to resume from the last epoch after a failure', async () => {
  stored = { choice };
  await thoroughSession.start(data, choice);
  expect(thoroughSession.getSnapshot().status).toBe('failed');
  expect(thoroughSession.getKept()).toBe(stored);
  thoroughSession.cancel();
  expect(thoroughSession.getKept()).toBeNull();
});

it('still offers to resume from the last epoch if it cannot be read again', async () => {
  stored = { choice };
  await thoroughSession.load();
  read = () => Promise.reject(new Error('storage'));
  await thoroughSession.load();
  expect(thoroughSession.getKept()).toBe(stored);

  const checkpoint = { state: { rows: [], best: null } } as unknown as Checkpoint;
  train.mockImplementationOnce(async (_order, onNews) => {
    onNews({ kind: 'epoch', checkpoint });
    await new Promise((resolve) => setTimeout(resolve));
    throw new Error('ended');
  });
  await thoroughSession.start(data, choice);
  expect(thoroughSession.getSnapshot().status).toBe('failed');
  expect(thoroughSession.getKept()?.checkpoint).toBe(checkpoint);
  thoroughSession.cancel();
  expect(thoroughSession.getKept()).toBeNull();
  read = readStored;
});
