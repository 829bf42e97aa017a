import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { SettingsStore } from '../settings';
import { storedSource, type StoredModel } from './model-database';
import { ModelLibrary } from './model-library';
import { readZooCard } from '../../network/zoo';
import { ZOO_CARD } from '../../network/zoo-fixture';

const settings = new SettingsStore(() => ({ getItem: () => null, setItem: () => undefined }));

const noZoo = () => Promise.resolve([]);

function model(id: string, addedAtMs: number): StoredModel {
  const report = { format: 'Keras 3', input: { side: 48, channels: 1 }, parameters: 10, output: 'softmax' } as const;
  return { id, name: `model ${id}`, files: [], scaling: 'unit', labels: ['happy', 'sad'], origin: 'brought', report, bytes: 0, addedAtMs, removedAtMs: null };
}

it('stores models, and restores a removed one and its use', async () => {
  const library = new ModelLibrary(settings, noZoo);
  await library.load();
  await library.add(model('a', 1));
  await library.add(model('b', 2));
  library.use('a');
  await library.remove('a');
  expect(settings.getSnapshot().modelId).toBeNull();
  expect(library.getSnapshot()).toMatchObject({ models: [{ id: 'b' }], removed: { model: { id: 'a' }, wasInUse: true } });
  await expect(storedSource('a')).rejects.toMatchObject({ kind: 'storage', reason: 'missing' });
  await library.undoRemoval();
  expect(library.getSnapshot().models.map(({ id }) => id)).toEqual(['b', 'a']);
  expect(settings.getSnapshot().modelId).toBe('a');
  expect(await storedSource('a')).toEqual({ name: 'model a', files: [], scaling: 'unit', labels: ['happy', 'sad'] });
});

it('permanently deletes a removed model on the next visit', async () => {
  const library = new ModelLibrary(settings, noZoo);
  await library.load();
  await library.remove('a');
  await library.remove('b');
  await library.undoRemoval();
  await library.remove('b');
  const next = new ModelLibrary(settings, noZoo);
  await next.load();
  expect(next.getSnapshot()).toMatchObject({ status: 'ready', models: [], error: null });
});

it('lists the zoo after stored models, and retries loading it after a failure', async () => {
  const card = readZooCard(ZOO_CARD);
  const zoo = [{ id: card.id, name: card.id, origin: 'zoo', labels: card.labels, card } as const];
  const answers = [Promise.reject(new Error('no network')), Promise.resolve(zoo)];
  const library = new ModelLibrary(settings, () => answers.shift() ?? Promise.resolve([]));
  await library.load();
  expect(library.getSnapshot().error).not.toBeNull();
  await library.add(model('c', 3));
  await library.load();
  expect(library.getSnapshot().choices.map(({ id }) => id)).toEqual(['c', 'seed-drawn']);
  expect(await library.find('seed-drawn')).toBe(zoo[0]);
  expect(await library.find('other')).toBeNull();
});
