import { expect, it } from 'vitest';
import { inputStatement, statedInput } from './stated-input';

it('reads back its own statement, and nothing from other files', () => {
  const input = { scaling: 'per-face', labels: ['happy', 'tongue out'] } as const;
  expect(statedInput(JSON.parse(JSON.stringify({ modelTopology: {}, ...inputStatement(input) })) as Record<string, unknown>)).toEqual(input);
  expect(statedInput({ modelTopology: {} })).toBeNull();
  expect(statedInput({ userDefinedMetadata: { signature: {} } })).toBeNull();
});

it.each([{ scaling: 'somehow', labels: ['a'] }, { scaling: 'unit', labels: [1] }, { scaling: 'unit' }])('rejects invalid values: %j', (mien) => {
  expect(() => statedInput({ userDefinedMetadata: { mien } })).toThrow('model-file/damaged');
});
