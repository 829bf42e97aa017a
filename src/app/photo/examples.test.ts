import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { pathOf } from '../files/file-path';
import { countExamples, exampleCount, exampleFiles, keepExample, removeExample, removeExamples } from './examples';

const picture = (text: string) => new Blob([text], { type: 'image/jpeg' });

it('stores faces by label, counts them, and removes one or all', async () => {
  await countExamples();
  expect(exampleCount.getSnapshot()).toBe(0);
  const key = await keepExample({ label: 'sad', picture: picture('a') });
  await keepExample({ label: 'happy', picture: picture('b') });
  await keepExample({ label: 'happy', picture: picture('c') });
  expect(exampleCount.getSnapshot()).toBe(3);
  await removeExample(key);
  const files = await exampleFiles();
  expect(files.map(pathOf)).toEqual(['my-examples/happy/1.jpg', 'my-examples/happy/2.jpg']);
  await removeExamples();
  expect(exampleCount.getSnapshot()).toBe(0);
  expect(await exampleFiles()).toEqual([]);
});
