import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { maybeModel, partModel } from './dropped-model';

const fixture = (name: string) => new File([readFileSync(new URL(`../../network/model-file/fixtures/${name}`, import.meta.url))], name);
const text = (name: string, content: string) => new File([content], name);

it.each(['sequential.keras2.h5', 'drawn-raf-centred.keras', 'functional.graph.zip', 'sequential.keras3.weights.h5'])('takes %s for a model', async (name) => {
  expect(maybeModel([fixture(name)])).toBe(true);
  expect((await partModel([text('a.png', 'x'), fixture(name)]))?.model.map((file) => file.name)).toEqual([name]);
});

it('keeps the weights of a model with its description, and leaves pictures where they are', async () => {
  const files = [text('model.json', '{"format":"layers-model","modelTopology":{}}'), text('group1-shard1of1.bin', '\0\0'), text('a.png', 'x')];
  const parted = await partModel(files);
  expect([parted?.model.length, parted?.others.map(({ name }) => name)]).toEqual([2, ['a.png']]);
});

it('takes other archives and JSON files for none', async () => {
  expect(await partModel([text('photos.zip', 'PK\x03\x04 a.png'), text('session.json', '{"results":[]}'), text('x.h5', 'not HDF5'.slice(0, 3)), text('data.bin', 'x')])).toBeNull();
  expect(maybeModel([text('a.png', ''), text('b.mp4', '')])).toBe(false);
});
