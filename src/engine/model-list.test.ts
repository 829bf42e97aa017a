import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { servingModelFolder } from './model-list';

const BASE = 'https://example.com/app/';

function serve(text: string): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(text)));
}

afterEach(() => vi.unstubAllGlobals());

it('finds the folder of the shipped model', async () => {
  serve(readFileSync('public/models/index.json', 'utf8'));
  expect(await servingModelFolder(BASE, 'default')).toBe(`${BASE}models/mien-s/`);
});

it.each([
  ['no list', '[]'],
  ['a list without the model that serves', '{"serving":"a","models":[{"id":"b","folder":"b/"}]}'],
  ['a folder elsewhere', '{"serving":"a","models":[{"id":"a","folder":"https://evil.example/"}]}'],
  ['a folder further up', '{"serving":"a","models":[{"id":"a","folder":"../a/"}]}'],
])('refuses %s', async (_, text) => {
  serve(text);
  await expect(servingModelFolder(BASE, 'default')).rejects.toMatchObject({ kind: 'model', reason: 'corrupt' });
});
