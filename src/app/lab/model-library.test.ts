import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { SettingsStore } from '../settings';
import { storedSource, type StoredModel } from './model-database';
import { ModelLibrary } from './model-library';

const settings = new SettingsStore(() => ({ getItem: () => null, setItem: () => undefined }));

function model(id: string, addedAtMs: number): StoredModel {
  const report = { format: 'Keras 3', input: { side: 48, channels: 1 }, parameters: 10, output: 'softmax' } as const;
  return { id, name: `model ${id}`, files: [], scaling: 'unit', labels: ['happy', 'sad'], origin: 'brought', report, bytes: 0, addedAtMs, removedAtMs: null };
}

it('keeps models, and brings a removed one back to where it was used', async () => {
  const library = new ModelLibrary(settings);
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

it('deletes for good what no undo has brought back by the next visit', async () => {
  const library = new ModelLibrary(settings);
  await library.load();
  await library.remove('a');
  await library.remove('b');
  await library.undoRemoval();
  await library.remove('b');
  const next = new ModelLibrary(settings);
  await next.load();
  expect(next.getSnapshot()).toMatchObject({ status: 'ready', models: [], error: null });
});
