import { fetchAsset, fetchJson } from '../engine/assets';
import { MienError } from '../engine/errors';
import type { ModelSource } from '../network/brought-model';
import { tagOf } from './image-input';

/** A custom model: its file, its files (of a folder), or its URL (for a tfjs model that of its `model.json`). */
export type ModelInput = Blob | readonly File[] | FileList | string | URL;

/** Details that the model's files lack. Missing values are estimated on drawn faces; `health` reports the confidence. */
export interface ModelInputOptions {
  /** `'bytes'`: 0–255, for models that rescale themselves; `'unit'`: 0–1; `'minus-one-to-one'`; `'per-face'`: zero mean and unit deviation per face. */
  readonly scaling?: ModelSource['scaling'] & {};
  /** Output names in order, e.g. `['angry', …]`. An output outside the seven expressions is named wherever its probability is largest. */
  readonly labels?: readonly string[];
}

/**
 * Prepares a model for transfer to the worker; fetches a model given by URL.
 *
 * @throws MienError `call/wrong-type`; `model/not-found` and `model/network` if a URL cannot be fetched.
 */
export async function takeModel(model: unknown, modelInput: ModelInputOptions = {}): Promise<ModelSource> {
  if (typeof modelInput !== 'object' || (modelInput as object | null) === null) throw new MienError('call', 'wrong-type', `modelInput: ${tagOf(modelInput)}`);
  const { scaling, labels } = modelInput;
  if (labels !== undefined && !(Array.isArray(labels) && labels.every((label) => typeof label === 'string'))) {
    throw new MienError('call', 'wrong-type', 'modelInput.labels is no list of names');
  }
  const files = await filesOf(model);
  const [first] = files;
  if (!first) throw new MienError('call', 'wrong-type', 'model: no files');
  return { name: nameOf(files), files, scaling: scaling ?? null, labels: labels ?? null };
}

type NamedContent = ModelSource['files'][number];

async function filesOf(model: unknown): Promise<readonly NamedContent[]> {
  const kind = tagOf(model);
  if (typeof model === 'string' || kind === 'URL') return fetched(String(model));
  if (kind === 'File' || kind === 'Blob') return [named(model as Blob)];
  const list = Array.isArray(model) || kind === 'FileList' ? Array.from(model as ArrayLike<unknown>) : [];
  if (list.length > 0 && list.every((file) => ['File', 'Blob'].includes(tagOf(file)))) return list.map((file) => named(file as Blob));
  throw new MienError('call', 'wrong-type', `model: neither file, files nor address: ${kind}`);
}

function named(content: Blob): NamedContent {
  const { name = 'model', webkitRelativePath = '' } = content as Partial<File>;
  return { path: webkitRelativePath || name, content };
}

async function fetched(address: string): Promise<readonly NamedContent[]> {
  let url: URL;
  try {
    url = new URL(address, globalThis.location.href);
  } catch (error) {
    throw new MienError('call', 'out-of-range', `model: ${address}`, error);
  }
  const get = async (part: URL): Promise<NamedContent> => ({ path: decoded(part.pathname.slice(1)), content: new Blob([await fetchAsset(part.href, 'default')]) });
  if (!url.pathname.endsWith('.json')) return [await get(url)];
  const parts = partsOf(await fetchJson(url.href, 'default'));
  return Promise.all([get(url), ...parts.map((part) => get(new URL(part, url)))]);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Names of a tfjs model's weight files. */
function partsOf(json: unknown): readonly string[] {
  const { weightsManifest } = (json ?? {}) as { weightsManifest?: unknown };
  if (!Array.isArray(weightsManifest)) return [];
  const paths = weightsManifest.flatMap((group) => (group as { paths?: unknown } | null)?.paths ?? []);
  return paths.filter((path): path is string => typeof path === 'string');
}

/** The file's name without extension, or the folder's for several files. */
function nameOf(files: readonly NamedContent[]): string {
  const path = files[0]?.path ?? '';
  const [file = '', folder] = path.split('/').reverse();
  return (files.length > 1 && folder ? folder : file).replace(/\.(h5|hdf5|keras|zip|json)$/i, '') || 'model';
}
