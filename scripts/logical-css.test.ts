import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));
const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));

/** Physical sides, which do not flip in right-to-left text. */
const PHYSICAL = /^\s*(?:(?:margin|padding|border|scroll-margin)-(?:left|right)|left|right|float)\s*:|text-align:\s*(?:left|right)|transform-origin:\s*(?:left|right)|^\s*border-(?:top|bottom)-(?:left|right)-radius/;

/** Whether a shorthand has different right and left values; `none` of a nested function is split. */
function isLopsided(line: string): boolean {
  const [, values] = /^\s*(?:margin|padding|inset):\s*([^;]+);/.exec(line) ?? [];
  const sides = values?.match(/(?:[\w-]+\((?:[^()]|\([^()]*\))*\)|\S+)/g) ?? [];
  return sides.length === 4 && sides[1] !== sides[3];
}

it.each(sheets)('%s flips with the direction of the language', (name) => {
  const lines = readFileSync(`${src}/${name}`, 'utf8').split('\n');
  expect(lines.filter((line) => PHYSICAL.test(line) || isLopsided(line))).toEqual([]);
});
