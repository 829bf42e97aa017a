import type { IConfiguration } from 'dependency-cruiser';
import { expect, it } from 'vitest';

// A dynamic import, as plain JavaScript has no types.
const { default: config } = (await import(new URL('../.dependency-cruiser.js', import.meta.url).href)) as { default: IConfiguration };

interface Side {
  readonly path?: string;
  readonly pathNot?: string;
}

/** Names of the rules that forbid an import, judged by the paths. */
function forbidding(from: string, to: string): string[] {
  const fits = ({ path, pathNot }: Side, file: string) => (path === undefined || new RegExp(path).test(file)) && (pathNot === undefined || !new RegExp(pathNot).test(file));
  return (config.forbidden ?? [])
    .filter((rule) => {
      if (!('to' in rule)) return false;
      const { circular, couldNotResolve, ...side } = rule.to as Side & { circular?: boolean; couldNotResolve?: boolean };
      return circular === undefined && couldNotResolve === undefined && fits(rule.from as Side, from) && fits(side, to);
    })
    .map(({ name = '' }) => name);
}

it.each([
  ['src/engine/a.ts', 'src/words/b.ts', 'room-engine'],
  ['src/reading/a.ts', 'src/export/b.ts', 'room-reading'],
  ['src/session/a.ts', 'src/workers/b.ts', 'room-session'],
  ['src/embed/a.ts', 'src/ui/b.ts', 'room-embed'],
  ['src/app/a.ts', 'src/ui/b.ts', 'room-app'],
  ['src/words/a.ts', 'src/index.ts', 'entries-are-no-way-round'],
  ['src/ui/a.tsx', 'src/main.tsx', 'entries-are-no-way-round'],
  ['src/ui/a.tsx', 'src/helpers/b.ts', 'known-rooms'],
  ['src/main.tsx', 'src/helpers/b.ts', 'known-rooms'],
  ['src/app/a.ts', 'node_modules/react/index.js', 'react-in-ui-only'],
  ['src/app/a.ts', 'src/testing/b.ts', 'testing-in-tests-only'],
])('%s may not import %s', (from, to, rule) => {
  expect(forbidding(from, to)).toContain(rule);
});

it.each([
  ['src/ui/a.tsx', 'src/app/b.ts'],
  ['src/app/a.ts', 'src/reading/b.ts'],
  ['src/main.tsx', 'src/ui/mount.tsx'],
  ['src/main.tsx', 'src/theme.css'],
  ['src/app/a.test.ts', 'src/testing/b.ts'],
])('%s may import %s', (from, to) => {
  expect(forbidding(from, to)).toEqual([]);
});
