import * as v from 'valibot';
import { fetchJson, type OnBytes } from './assets';
import { MienError } from './errors';

const FOLDER = 'models/';

const ModelList = v.object({
  /** Id of the model that reads faces. */
  serving: v.string(),
  models: v.array(v.object({ id: v.string(), folder: v.pipe(v.string(), v.regex(/^[\w.-]+\/$/)) })),
});

/**
 * Address of the folder of the model that serves, with a trailing slash, from the list in `models/index.json`.
 *
 * @param assetBase as in `EngineOptions`.
 * @throws MienError `model/corrupt` for a list without it; as `fetchJson` does.
 */
export async function servingModelFolder(assetBase: string, cache: RequestCache, onBytes?: OnBytes): Promise<string> {
  const list = v.safeParse(ModelList, await fetchJson(new URL(`${FOLDER}index.json`, assetBase).href, cache, onBytes));
  if (!list.success) throw new MienError('model', 'corrupt', `models/index.json: ${v.summarize(list.issues)}`);
  const { serving, models } = list.output;
  const model = models.find(({ id }) => id === serving);
  if (!model) throw new MienError('model', 'corrupt', `models/index.json lists no ${serving}`);
  return new URL(`${FOLDER}${model.folder}`, assetBase).href;
}
