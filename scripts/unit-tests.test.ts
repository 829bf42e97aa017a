import { expect, test } from 'vitest';
import { unitTests } from './unit-tests';

test('tests that replace modules or globals get their own realm, and others share one', () => {
  const { alone, together } = unitTests(['src', 'scripts', 'bench']);
  expect(alone).toEqual(expect.arrayContaining(['src/workers/pipeline-client.test.ts', 'src/lab/teach/taught-model.test.ts', 'src/session/session-archive.test.ts']));
  expect(together).toEqual(expect.arrayContaining(['src/engine/face-tracker.test.ts', 'scripts/test-counts.test.ts']));
  expect(alone.filter((path) => together.includes(path))).toEqual([]);
  expect([...alone, ...together].filter((path) => path.includes('.browser.'))).toEqual([]);
});
