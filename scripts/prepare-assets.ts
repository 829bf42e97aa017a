/**
 * Prepares files that the app loads at run time without bundling, in public/vendor/: MediaPipe's and TensorFlow.js's
 * WebAssembly, and the BlazeFace models with the metadata that MediaPipe requires. `npm run assets` runs it before
 * every build; it writes only changed files.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minifySync } from 'vite';
import { addInputNormalization } from './tflite-metadata.ts';
import { keepFunctions } from './wasm-functions.ts';

interface Asset {
  readonly package: string;
  /** Path inside the package. */
  readonly from: string;
  /** Path inside public/vendor/. */
  readonly to: string;
  readonly prepare?: (bytes: Uint8Array) => Uint8Array;
}

const TASKS_VISION = '@mediapipe/tasks-vision';
const FACE_DETECTION = '@mediapipe/face_detection';
const TFJS_WASM = '@tensorflow/tfjs-backend-wasm';

/** BlazeFace takes pixels from −1 to 1. */
const prepareModel = (bytes: Uint8Array): Uint8Array => addInputNormalization(bytes, { mean: 127.5, std: 127.5 });

/** Minifies MediaPipe's loader, which ships with all comments: 37 instead of 78 kB gzipped before the first result. */
function minified(bytes: Uint8Array): Uint8Array {
  const { code, errors } = minifySync('loader.js', new TextDecoder().decode(bytes), { module: true });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
  return new TextEncoder().encode(code);
}

/** MediaPipe's binary holds all of its tasks: without the functions that no detector calls, a third is left of its download. */
function withoutUnused(bytes: Uint8Array): Uint8Array {
  const { sha256, ranges } = readJson(join(projectRoot, 'scripts/detector-functions.json')) as { sha256: string; ranges: string };
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error('another version than npm run detector-functions has examined');
  const used = ranges.split(' ').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  const kept = new Set(used);
  return keepFunctions(bytes, (index) => kept.has(index));
}

const ASSETS: readonly Asset[] = [
  { package: TASKS_VISION, from: 'wasm/vision_wasm_module_internal.js', to: 'mediapipe/vision_wasm_module_internal.js', prepare: minified },
  { package: TASKS_VISION, from: 'wasm/vision_wasm_module_internal.wasm', to: 'mediapipe/vision_wasm_module_internal.wasm' },
  { package: TASKS_VISION, from: 'wasm/vision_wasm_module_internal.wasm', to: 'mediapipe/face_detection.wasm', prepare: withoutUnused },
  ...['face_detection_short_range.tflite', 'face_detection_full_range_sparse.tflite'].map((name) => ({
    package: FACE_DETECTION,
    from: name,
    to: `mediapipe/${name}`,
    prepare: prepareModel,
  })),
  ...['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map((name) => ({
    package: TFJS_WASM,
    from: `dist/${name}`,
    to: `tfjs/${name}`,
  })),
];

const NOTICE = `The files in this folder are other people's work, each under the Apache License 2.0
(https://www.apache.org/licenses/LICENSE-2.0):

mediapipe/*.js, *.wasm   ${TASKS_VISION}, Google; changed: the script was minified; in face_detection.wasm,
                         functions that Mien does not call were emptied
mediapipe/*.tflite       ${FACE_DETECTION}, Google; changed: metadata that describes the input was added
tfjs/*.wasm              ${TFJS_WASM}, Google
`;

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

class AssetError extends Error {}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

/** Folder of an installed package, after checking that its version is the one in package.json. */
function packageFolder(name: string): string {
  const manifest = readJson(join(projectRoot, 'package.json'));
  const wanted = { ...(manifest['dependencies'] as object), ...(manifest['devDependencies'] as object) } as Record<string, string>;
  const folder = join(projectRoot, 'node_modules', name);
  const file = join(folder, 'package.json');
  if (!existsSync(file)) throw new AssetError(`${name} is not installed; run npm ci`);
  const installed = readJson(file)['version'];
  if (installed !== wanted[name]) {
    throw new AssetError(`${name} is ${String(installed)}, package.json wants ${wanted[name] ?? 'none'}; run npm ci`);
  }
  return folder;
}

/** Returns whether the file was written. */
function writeIfChanged(file: string, bytes: Uint8Array): boolean {
  if (existsSync(file) && readFileSync(file).equals(bytes)) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return true;
}

function prepareAll(): void {
  const vendor = join(projectRoot, 'public', 'vendor');
  let written = 0;
  for (const asset of ASSETS) {
    const source = join(packageFolder(asset.package), asset.from);
    if (!existsSync(source)) throw new AssetError(`${asset.package} has no ${asset.from}`);
    let bytes: Uint8Array = readFileSync(source);
    try {
      bytes = asset.prepare?.(bytes) ?? bytes;
    } catch (error) {
      throw new AssetError(`${asset.from} is ${error instanceof Error ? error.message : String(error)}`);
    }
    if (writeIfChanged(join(vendor, asset.to), bytes)) written += 1;
  }
  if (writeIfChanged(join(vendor, 'NOTICE.txt'), new TextEncoder().encode(NOTICE))) written += 1;
  console.log(`assets: ${written} of ${ASSETS.length + 1} written to public/vendor`);
}

try {
  prepareAll();
} catch (error) {
  if (!(error instanceof AssetError)) throw error;
  console.error(`assets: ${error.message}`);
  process.exitCode = 1;
}
