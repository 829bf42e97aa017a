import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));
const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));

const SCREEN_BLOCK = /^@media screen[^{]*\{\n(?: .*\n|\n)*\}$/gm;

it.each(sheets)('%s prints nothing as pointed at or pressed', (name) => {
  const printed = readFileSync(`${src}/${name}`, 'utf8').replaceAll(SCREEN_BLOCK, '');
  expect(printed.split('\n').filter((line) => /:hover|:active\b|\[data-(?:hovered|pressed|focused)\]/.test(line))).toEqual([]);
});
