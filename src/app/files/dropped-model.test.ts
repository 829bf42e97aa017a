import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keepPath } from './file-path';
import { maybeModel, partModel } from './dropped-model';

const fixture = (name: string) => new File([readFileSync(new URL(`../../network/model-file/fixtures/${name}`, import.meta.url))], name);
const text = (name: string, content: string) => new File([content], name);

it.each(['sequential.keras2.h5', 'drawn-raf-centred.keras', 'functional.graph.zip', 'sequential.keras3.weights.h5'])('recognises %s as a model', async (name) => {
  expect(maybeModel([fixture(name)])).toBe(true);
  expect((await partModel([text('a.png', 'x'), fixture(name)]))?.model.map((file) => file.name)).toEqual([name]);
});

it('takes a model’s weights with its description, and leaves pictures', async () => {
  const files = [text('model.json', '{"format":"layers-model","modelTopology":{}}'), text('group1-shard1of1.bin', '\0\0'), text('a.png', 'x')];
  const parted = await partModel(files);
  expect([parted?.model.length, parted?.others.map(({ name }) => name)]).toEqual([2, ['a.png']]);
});

it('leaves JSON and other files next to a model', async () => {
  const session = text('session.json', '{"format":"mien-session","results":[]}');
  const parted = await partModel([fixture('sequential.keras3.weights.h5'), fixture('sequential.keras3.json'), text('metadata.json', '{"keras_version": "3.9.0"}'), session, text('data.bin', 'x')]);
  expect([parted?.model.map(({ name }) => name), parted?.others.map(({ name }) => name)]).toEqual([
    ['sequential.keras3.weights.h5', 'sequential.keras3.json', 'metadata.json'],
    ['session.json', 'data.bin'],
  ]);
});

it('takes a tfjs model’s weights from its own folder', async () => {
  const at = (path: string, content: string) => {
    const file = text(path.split('/').at(-1) ?? '', content);
    keepPath(file, path);
    return file;
  };
  const parted = await partModel([at('net/model.json', '{"modelTopology":{}}'), at('net/group1-shard1of1.bin', 'x'), at('other/data.bin', 'x'), at('net/session.json', '{"results":[]}')]);
  expect(parted?.others.map(({ name }) => name)).toEqual(['data.bin', 'session.json']);
});

it('recognises no model in other archives and JSON files', async () => {
  expect(await partModel([text('photos.zip', 'PK\x03\x04 a.png'), text('session.json', '{"results":[]}'), text('x.h5', 'not HDF5'.slice(0, 3)), text('data.bin', 'x')])).toBeNull();
  expect(maybeModel([text('a.png', ''), text('b.mp4', '')])).toBe(false);
});
