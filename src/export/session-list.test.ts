import { expect, it } from 'vitest';
import { LIST, sessionsIn } from './session-list';

const ONE = '{"session":{"name":"a,\\n]"},\n"results":[\n{"frame":0},\n{"frame":1}\n],\n"model":{}}\n';
const OTHER = '{"session":{"name":"b"},\n"results":[\n],\n"model":{}}\n';

async function textsIn(text: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const part of sessionsIn(new Blob([text]))) texts.push(await part.text());
  return texts;
}

it('splits a list of sessions byte for byte', async () => {
  expect(await textsIn(LIST.open + ONE + LIST.between + OTHER + LIST.between + ONE + LIST.close)).toEqual([ONE, OTHER, ONE]);
  expect(JSON.parse(LIST.open + ONE + LIST.between + OTHER + LIST.close)).toHaveLength(2);
});

it('leaves a single session unchanged, and yields the rest of a truncated list', async () => {
  expect(await textsIn(ONE)).toEqual([ONE]);
  expect(await textsIn(LIST.open + ONE + LIST.between + OTHER.slice(0, 20))).toEqual([ONE, OTHER.slice(0, 20)]);
});

it.each<[how: string, change: (text: string) => string]>([
  ['with other line breaks', (text) => text.replaceAll('\n', '\r\n')],
  ['with a byte-order mark', (text) => `\uFEFF${text}`],
  ['indented', (text) => JSON.stringify(JSON.parse(text), null, 2)],
  ['on one line', (text) => JSON.stringify(JSON.parse(text))],
])('splits a list that another program wrote anew, %s', async (_how, change) => {
  const one = '{"session":{"name":"a"},\n"results":[\n]}\n';
  const parts: unknown[] = [];
  for await (const part of sessionsIn(new Blob([change(`[\n${one},\n${one}]\n`)]))) parts.push(JSON.parse(await part.text()));
  expect(parts).toEqual([JSON.parse(one), JSON.parse(one)]);
});

it('leaves a list of other things to the import', async () => {
  const file = new Blob(['[{"file":"a.jpg","faces":[]}]']);
  const parts: Blob[] = [];
  for await (const part of sessionsIn(file)) parts.push(part);
  expect(parts).toEqual([file]);
});
