import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TEXTS = /\.(tsx?|css|md)$/;

/** Words that CONTRIBUTING's style replaces: "cancels" and "discards", "correctly", the noun itself. */
const QUAINT = /\bwhoever\b|\brightly\b|\bgiven up\b|\bgiv(?:e|es|ing) (?:it|the \w+) up\b/i;

/** Docstrings of the library and of the files that leave the app lead with a noun or a verb. */
const PUBLIC = ['src/index.ts', 'src/api/', 'src/engine/types.ts', 'src/engine/errors.ts', 'src/export/face-record.ts', 'src/export/frame-record.ts', 'src/export/photo-record.ts', 'src/export/reading-record.ts', 'src/export/session-record.ts'];
const RIDDLE = /(?:\/\*\*|^ +\*) (?:What|Who|Whom|Of (?:the|a|an|all|every)) /;

function lines(): { readonly file: string; readonly line: string }[] {
  const files = ['src', 'scripts', 'bench', 'e2e', 'docs'].flatMap((folder) => readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`));
  const own = files.filter((file) => TEXTS.test(file) && !file.startsWith('docs/api/') && !file.endsWith('prose.test.ts'));
  return [...own, 'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].flatMap((file) => readFileSync(`${ROOT}${file}`, 'utf8').split('\n').map((line) => ({ file, line })));
}

it('uses the words of the field', () => {
  expect(lines().filter(({ line }) => QUAINT.test(line))).toEqual([]);
});

it('leads public docstrings with their subject', () => {
  const isPublic = (file: string) => !file.includes('.test.') && PUBLIC.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));
  expect(lines().filter(({ file, line }) => isPublic(file) && RIDDLE.test(line))).toEqual([]);
});
