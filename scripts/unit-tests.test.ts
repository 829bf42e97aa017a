import { expect, test } from 'vitest';
import { unitTests } from './unit-tests';

test('a test that replaces modules or globals has a realm of its own, and each other one shares one', () => {
  const { alone, together } = unitTests(['src', 'scripts', 'bench']);
  expect(alone).toEqual(expect.arrayContaining(['src/workers/pipeline-client.test.ts', 'src/lab/teach/taught-model.test.ts', 'src/session/session-archive.test.ts']));
  expect(together).toEqual(expect.arrayContaining(['src/engine/face-tracker.test.ts', 'scripts/test-counts.test.ts']));
  expect(alone.filter((path) => together.includes(path))).toEqual([]);
  expect([...alone, ...together].filter((path) => path.includes('.browser.'))).toEqual([]);
});
