import { MienError } from '../../engine/errors';
import { foreignFormat } from './foreign-formats';
import { isHdf5 } from './hdf5';
import { isRecord, parseJson } from './json';
import { readKerasArchive, readKerasHdf5, type ReadLayers } from './keras-files';
import { MODEL_LIMITS } from './limits';
import { isTfjsModel, readTfjs, type ReadGraph } from './tfjs-files';
import { gunzip, isGzip, isZip, unzip } from './zip';

/** A file of a model: its path within the selection, and its content. */
export interface NamedBytes {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A model, and the files in which it was found. */
export type ReadModel = (ReadLayers | ReadGraph) & {
  /** Files it was read from, as given: the archive, if it was in one. */
  readonly from: readonly NamedBytes[];
  /** All files beside it: those of the archive, if it was in one. */
  readonly beside: readonly NamedBytes[];
};

/** Parts of a `.keras` file. */
const KERAS_PARTS = ['config.json', 'metadata.json', 'model.weights.h5'];
/** Deepest nesting of archives: a downloaded ZIP may contain a `.keras`. */
const DEPTH = 2;

/**
 * Finds the single model among some files, identified by content: `.h5`, `.keras`, the folder of a tfjs model, any of these in a ZIP or gzip, or
 * weights with the JSON of their network. Requires a tfjs backend.
 *
 * @throws MienError `model-file/not-a-model` if none is found, with the format's name if recognized, `model-file/weights-only`,
 * `model-file/too-large`, and all errors of the format's reader.
 */
export async function readModel(files: readonly NamedBytes[]): Promise<ReadModel> {
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  if (bytes > MODEL_LIMITS.fileBytes) throw new MienError('model-file', 'too-large', `${bytes} bytes`);
  if (files.length > MODEL_LIMITS.files) throw new MienError('model-file', 'too-large', `${files.length} files`);
  return readAt(files, 0);
}

async function readAt(files: readonly NamedBytes[], depth: number): Promise<ReadModel> {
  const jsons = files.flatMap((file) => {
    const value = file.path.endsWith('.json') ? jsonOf(file.bytes) : null;
    return isRecord(value) ? [{ file, value }] : [];
  });
  const tfjs = jsons.find(({ value }) => isTfjsModel(value));
  if (tfjs) {
    const from = [tfjs.file];
    const read = await readTfjs(tfjs.value, (name) => {
      const part = beside(files, tfjs.file.path, name);
      if (part && !from.includes(part)) from.push(part);
      return part?.bytes;
    });
    return { ...read, from, beside: files };
  }
  const hdf5 = files.filter(({ bytes }) => isHdf5(bytes));
  const [first] = hdf5.filter(({ path }) => path.endsWith('model.weights.h5')).concat(hdf5);
  if (first?.path.endsWith('model.weights.h5')) {
    const own = inFolderOf(files, first.path);
    const from = KERAS_PARTS.flatMap((name) => own.get(name) ?? []);
    return { ...(await readKerasArchive(new Map(Array.from(own, ([name, { bytes }]) => [name, bytes])))), from, beside: files };
  }
  if (first) {
    const architecture = jsons.find(({ value }) => typeof value['class_name'] === 'string' && 'config' in value);
    const from = [first];
    const read = await readKerasHdf5(exactly(first.bytes), () => {
      if (architecture && !from.includes(architecture.file)) from.push(architecture.file);
      return architecture?.value ?? null;
    });
    return { ...read, from, beside: files };
  }
  const archive = files.find(({ bytes }) => isZip(bytes));
  if (archive && depth < DEPTH) {
    const parts = Array.from(unzip(archive.bytes), ([path, part]) => ({ path, bytes: part }));
    return { ...(await readAt(parts, depth + 1)), from: [archive] };
  }
  const gzipped = files.find(({ bytes }) => isGzip(bytes));
  if (gzipped && depth < DEPTH) {
    const whole = { path: gzipped.path.replace(/\.gz$/i, ''), bytes: gunzip(gzipped.bytes) };
    return { ...(await readAt([whole], depth + 1)), from: [gzipped] };
  }
  const format = foreignFormat(files);
  if (format !== null) throw new MienError('model-file', 'not-a-model', `${format}: save it as .keras, .h5 or a TensorFlow.js model`);
  throw new MienError('model-file', 'not-a-model', files.map(({ path }) => path).slice(0, 3).join(', '));
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), '');
  } catch {
    return null;
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Finds a part by its name in `model.json`; by file name alone if only loose files were chosen. */
function beside(files: readonly NamedBytes[], json: string, name: string): NamedBytes | undefined {
  const whole = files.find(({ path }) => path === folderOf(json) + name);
  const loose = files.find(({ path }) => path.slice(folderOf(path).length) === name.slice(folderOf(name).length));
  return whole ?? loose;
}

/** Files of a folder, by relative path. */
function inFolderOf(files: readonly NamedBytes[], path: string): ReadonlyMap<string, NamedBytes> {
  const folder = folderOf(path);
  return new Map(files.filter((file) => file.path.startsWith(folder)).map((file) => [file.path.slice(folder.length), file]));
}

/** The bytes in a buffer of exactly their size, as jsfive requires. */
function exactly(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}
