import * as v from 'valibot';
import { fetchJson, type OnBytes } from './assets';
import { MienError } from './errors';

const FOLDER = 'models/';

const ModelList = v.object({
  /** Id of the default model. The others are the zoo. */
  serving: v.string(),
  models: v.array(v.object({ id: v.string(), folder: v.pipe(v.string(), v.regex(/^[\w.-]+\/$/)) })),
});

/**
 * Reads `models/index.json`: each model with the URL of its folder, which ends in a slash.
 *
 * @param assetBase as in `EngineOptions`.
 * @throws MienError `model/corrupt` for a damaged list; as `fetchJson` does.
 */
export async function listedModels(assetBase: string, cache: RequestCache, onBytes?: OnBytes, signal?: AbortSignal): Promise<{ readonly serving: string; readonly models: readonly ListedModel[] }> {
  const list = v.safeParse(ModelList, await fetchJson(new URL(`${FOLDER}index.json`, assetBase).href, cache, onBytes, signal));
  if (!list.success) throw new MienError('model', 'corrupt', `models/index.json: ${v.summarize(list.issues)}`);
  const { serving, models } = list.output;
  return { serving, models: models.map(({ id, folder }) => ({ id, folder: new URL(`${FOLDER}${folder}`, assetBase).href })) };
}

export interface ListedModel {
  readonly id: string;
  readonly folder: string;
}

/** URL of the default model's folder. @throws MienError as `listedModels`; `model/corrupt` if the list lacks it. */
export async function servingModelFolder(assetBase: string, cache: RequestCache, onBytes?: OnBytes, signal?: AbortSignal): Promise<string> {
  const { serving, models } = await listedModels(assetBase, cache, onBytes, signal);
  return folderOf(models, serving);
}

/** @throws MienError `model/corrupt` if the list has no such model. */
export function folderOf(models: readonly ListedModel[], id: string): string {
  const model = models.find((each) => each.id === id);
  if (!model) throw new MienError('model', 'corrupt', `models/index.json lists no ${id}`);
  return model.folder;
}
