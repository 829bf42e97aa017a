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
