/** `npm run size`: fails where the built site or the library has grown past its limits. Sizes are gzipped but for what does not compress. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Limit {
  readonly what: string;
  /** Kilobytes (1000 bytes). */
  readonly mostKb: number;
  readonly files: () => readonly string[];
  readonly compressed: boolean;
}

const DIST = process.env.MIEN_DIST ?? 'dist';
const DIST_LIB = process.env.MIEN_DIST_LIB ?? 'dist-lib';

/** The scripts that index.html names: they load before anything can be done. */
function initialScripts(): string[] {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const names = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? '');
  return [...new Set(names)].map((name) => join(DIST, name));
}

/** A built script and all that it imports before it runs. */
function withImports(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const imports = readFileSync(path, 'utf8').matchAll(/(?:^|[;}])(?:import|export)(?:[\w$*{},\s]+?from)?"(\.[^"]+\.js)"/gm);
  for (const [, name = ''] of imports) withImports(join(dirname(path), name), found);
  return found;
}

/** A worker's script and all that it imports before it runs. */
function workerScripts(name: string): string[] {
  return filesBelow(join(DIST, 'assets'), '.js').filter((path) => basename(path).startsWith(`${name}.worker-`)).flatMap((path) => [...withImports(path)]);
}

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

const { serving: SERVING, models } = JSON.parse(readFileSync(join(DIST, 'models/index.json'), 'utf8')) as { serving: string; models: { id: string; folder: string }[] };

function weights(counts: (id: string) => boolean): string[] {
  return models.filter(({ id }) => counts(id)).map(({ folder }) => join(DIST, 'models', folder, 'weights.bin'));
}

/** The HDF Group's library: once for the worker and once for the page without one. */
const isHdf5 = (path: string) => basename(path).startsWith('hdf5-wasm-');

const LIMITS: readonly Limit[] = [
  { what: 'initial scripts of the site', mostKb: 120, files: initialScripts, compressed: true },
  { what: 'scripts of the engine\'s worker', mostKb: 65, files: () => workerScripts('pipeline'), compressed: true },
  { what: 'scripts of its networks\' worker', mostKb: 100, files: () => workerScripts('network'), compressed: true },
  { what: 'initial scripts of the library', mostKb: 26, files: () => [...withImports(join(DIST_LIB, 'index.js'))], compressed: true },
  { what: 'all scripts of the library but the next', mostKb: 1200, files: () => filesBelow(join(DIST_LIB, 'assets'), '.js').filter((path) => !isHdf5(path)), compressed: true },
  { what: 'what reads rare layouts of HDF5, fetched for those', mostKb: 2100, files: () => filesBelow(join(DIST_LIB, 'assets'), '.js').filter(isHdf5), compressed: true },
  { what: 'what starts the detector', mostKb: 40, files: () => [join(DIST, 'vendor/mediapipe/vision_wasm_module_internal.js')], compressed: true },
  { what: 'weights that every visitor loads', mostKb: 1700, files: () => weights((id) => id === SERVING), compressed: false },
  // Each is fetched when it is chosen.
  ...(models.length > 1 ? [{ what: 'weights of the zoo together', mostKb: 17_000, files: () => weights((id) => id !== SERVING), compressed: false }] : []),
];

for (const { what, mostKb, files, compressed } of LIMITS) {
  const paths = files();
  if (paths.length === 0) throw new Error(`no file was found for: ${what}`);
  const bytes = paths.map((path) => readFileSync(path)).reduce((total, file) => total + (compressed ? gzipSync(file) : file).length, 0);
  const kb = Math.round(bytes / 100) / 10;
  const isOver = kb > mostKb;
  console.log(`${isOver ? 'OVER' : 'ok  '} ${what}: ${kb} of ${mostKb} kB in ${paths.length} files`);
  if (isOver) process.exitCode = 1;
}
