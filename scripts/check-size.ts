/** `npm run size`: fails if the built site or the library exceeds its size limits. Compressible files are measured gzipped. */
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

/** Files in assets/ that index.html references, loaded before the page is usable. */
function initialFiles(ending: '.js' | '.css'): string[] {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const names = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, name]) => name ?? '');
  return [...new Set(names)].filter((name) => name.endsWith(ending)).map((name) => join(DIST, name));
}

/** A built script and its transitive static imports. */
function withImports(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const imports = readFileSync(path, 'utf8').matchAll(/(?:^|[;}])(?:import|export)(?:[\w$*{},\s]+?from)?"(\.[^"]+\.js)"/gm);
  for (const [, name = ''] of imports) withImports(join(dirname(path), name), found);
  return found;
}

/** A built file's name without its hash. */
const stem = (path: string) => basename(path).replace(/-[\w-]{8}\.\w+$/, '');

/** The only built script of this name, with its transitive static imports. */
function builtScripts(name: string): string[] {
  const [path, ...others] = filesBelow(join(DIST, 'assets'), '.js').filter((file) => stem(file) === name);
  if (path === undefined || others.length > 0) throw new Error(`not one script is named ${name}`);
  return [...withImports(path)];
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

/**
 * Everything loaded between an empty cache and the first face of a camera on WebAssembly, in English: the page, Live with its styles, both
 * workers, MediaPipe with the detector of the first frame, and the two networks that classify it.
 */
function firstLiveResult(): string[] {
  const scripts = new Set([...initialFiles('.js'), ...['WebcamTab', 'pipeline.worker', 'network.worker'].flatMap(builtScripts)]);
  const parts = new Set([...scripts].map(stem));
  const styles = filesBelow(join(DIST, 'assets'), '.css').filter((path) => parts.has(stem(path)));
  const files = [
    'index.html',
    'icon.svg',
    'vendor/mediapipe/vision_wasm_module_internal.js',
    'vendor/mediapipe/face_detection.wasm',
    'vendor/mediapipe/face_detection_short_range.tflite',
    'vendor/tfjs/tfjs-backend-wasm-simd.wasm',
    'models/index.json',
    ...[models.find(({ id }) => id === SERVING)?.folder ?? '', 'covering'].flatMap((folder) => ['card.json', 'model.json', 'golden.json', 'weights.bin'].map((name) => `models/${folder}/${name}`)),
  ].map((name) => join(DIST, name));
  return [...new Set([...scripts, ...initialFiles('.css'), ...styles, ...files])];
}

/** The HDF Group's library, built twice: for the worker and for pages without workers. */
const isHdf5 = (path: string) => basename(path).startsWith('hdf5-wasm-');

const LIMITS: readonly Limit[] = [
  { what: 'initial scripts of the site', mostKb: 120, files: () => initialFiles('.js'), compressed: true },
  { what: 'scripts of the engine\'s worker', mostKb: 65, files: () => builtScripts('pipeline.worker'), compressed: true },
  { what: 'scripts of its networks\' worker', mostKb: 100, files: () => builtScripts('network.worker'), compressed: true },
  { what: 'all that the first webcam result needs', mostKb: 3500, files: firstLiveResult, compressed: true },
  { what: 'initial scripts of the library', mostKb: 23, files: () => [...withImports(join(DIST_LIB, 'index.js'))], compressed: true },
  { what: 'all scripts of the library but the next', mostKb: 1200, files: () => filesBelow(join(DIST_LIB, 'assets'), '.js').filter((path) => !isHdf5(path)), compressed: true },
  { what: 'what reads rare layouts of HDF5, fetched for those', mostKb: 2100, files: () => filesBelow(join(DIST_LIB, 'assets'), '.js').filter(isHdf5), compressed: true },
  { what: 'what starts the detector', mostKb: 40, files: () => [join(DIST, 'vendor/mediapipe/vision_wasm_module_internal.js')], compressed: true },
  { what: 'weights that every visitor loads', mostKb: 1700, files: () => weights((id) => id === SERVING), compressed: false },
  // Each is fetched when chosen.
  ...(models.length > 1 ? [{ what: 'weights of the zoo together', mostKb: 17_000, files: () => weights((id) => id !== SERVING), compressed: false }] : []),
];

for (const { what, mostKb, files, compressed } of LIMITS) {
  const paths = files();
  if (paths.length === 0) throw new Error(`no file was found for: ${what}`);
  const bytes = paths.map((path) => readFileSync(path)).reduce((total, file) => total + (compressed ? gzipSync(file, { level: 9 }) : file).length, 0);
  const kb = Math.round(bytes / 100) / 10;
  const isOver = kb > mostKb;
  console.log(`${isOver ? 'OVER' : 'ok  '} ${what}: ${kb} of ${mostKb} kB in ${paths.length} files`);
  if (isOver) process.exitCode = 1;
}
