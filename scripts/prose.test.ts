import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TEXTS = /\.(tsx?|css|md|py)$/;

/** Words that CONTRIBUTING's style replaces: "cancels" and "discards", "correctly", the noun itself. */
const QUAINT = /\bwhoever\b|\brightly\b|\bgiven up\b|\bgiv(?:e|es|ing) (?:it|the \w+) up\b/i;

/** A comment's first words that leave its subject to be guessed: "What the newest start came to" instead of "Latest engine". */
const RIDDLE = /(?:(?:\/\*\*?|^\s*\*|\/\/|#) |\"\"\")(?:What|Who|Whom|Whose|Of) /;
const CODE = /^(?:src|scripts|bench|e2e|training)\/.*\.(?:tsx?|css|py)$/;

function lines(): { readonly file: string; readonly line: string }[] {
  const files = ['src', 'scripts', 'bench', 'e2e', 'docs', 'training'].flatMap((folder) => readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`));
  const own = files.filter((file) => TEXTS.test(file) && !file.startsWith('docs/api/') && !file.endsWith('prose.test.ts'));
  return [...own, 'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].flatMap((file) => readFileSync(`${ROOT}${file}`, 'utf8').split('\n').map((line) => ({ file, line })));
}

it('uses the words of the field', () => {
  expect(lines().filter(({ line }) => QUAINT.test(line))).toEqual([]);
});

it('starts every comment with its subject or a verb', () => {
  expect(lines().filter(({ file, line }) => CODE.test(file) && RIDDLE.test(line))).toEqual([]);
});
