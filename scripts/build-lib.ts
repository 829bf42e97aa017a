/**
 * `npm run build:lib [folder]`: builds the library for other programs into dist-lib/: one ES module with types, and
 * the files it loads at run time: workers, wasm, models, and the licences of bundled packages. The folder is a package
 * of its own: `npm pack ./dist-lib`.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { build } from 'vite';
import { PROBE_FACES } from '../src/network/probe-faces';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const target = resolve(process.argv[2] ?? join(projectRoot, 'dist-lib'));

/** Emits the whole program's declarations. Types are checked elsewhere. */
function emitDeclarations(folder: string): void {
  const compiler = join(projectRoot, 'node_modules/typescript-7/bin/tsc');
  const flags = ['-p', join(projectRoot, 'tsconfig.lib.json'), '--outDir', folder];
  const { status } = spawnSync(process.execPath, [compiler, ...flags], { cwd: projectRoot, stdio: 'inherit' });
  if (status !== 0) throw new Error('the declarations could not be written');
}

/**
 * Copies only the declarations reachable from `index.d.ts`, with file extensions in their imports, which Node's module
 * resolution requires.
 */
function copyReachable(from: string, to: string, file = join(from, 'index.d.ts'), seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const needed: string[] = [];
  const text = readFileSync(file, 'utf8').replaceAll(/(from |import\()(['"])(\.[^'"]*)\2/g, (_, before: string, quote: string, path: string) => {
    needed.push(join(dirname(file), `${path}.d.ts`));
    return `${before}${quote}${path}.js${quote}`;
  });
  const copy = join(to, relative(from, file));
  mkdirSync(dirname(copy), { recursive: true });
  writeFileSync(copy, text);
  for (const next of needed) copyReachable(from, to, next, seen);
  return seen;
}

/** Manifest of the library's package, which bundles everything and so has no dependencies. */
function packageManifest(): object {
  const { name, version, description, license } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Record<string, string>;
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
    types: './index.d.ts',
  };
}

await build({ configFile: join(projectRoot, 'vite.lib.config.ts'), root: projectRoot, build: { outDir: target, emptyOutDir: true }, logLevel: 'warn' });
cpSync(join(projectRoot, 'public/vendor'), join(target, 'vendor'), { recursive: true });
// The zoo belongs to the site only: programs pass such a model as the option `model`.
const { serving, models } = JSON.parse(readFileSync(join(projectRoot, 'public/models/index.json'), 'utf8')) as { serving: string; models: { id: string; folder: string }[] };
const own = models.filter(({ id }) => id === serving);
for (const { folder } of own) cpSync(join(projectRoot, 'public/models', folder), join(target, 'models', folder), { recursive: true });
cpSync(join(projectRoot, 'public/models/covering'), join(target, 'models/covering'), { recursive: true });
writeFileSync(join(target, 'models/index.json'), `${JSON.stringify({ serving, models: own }, null, 2)}\n`);
cpSync(join(projectRoot, 'public', PROBE_FACES.file), join(target, PROBE_FACES.file));
cpSync(join(projectRoot, 'LICENSE'), join(target, 'LICENSE'));
cpSync(join(projectRoot, 'docs/library.md'), join(target, 'README.md'));
const scratch = mkdtempSync(join(tmpdir(), 'mien-types-'));
try {
  emitDeclarations(scratch);
  const files = copyReachable(scratch, join(target, 'types'));
  writeFileSync(join(target, 'index.d.ts'), "export * from './types/index.js';\n");
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(packageManifest(), null, 2)}\n`);
  console.log(`build:lib: ${relative(projectRoot, target)} with types in ${files.size} files`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
