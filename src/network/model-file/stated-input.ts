import { MienError } from '../../engine/errors';
import { checkScaling, type Scaling } from '../scaling';
import { isRecord, listOf, textOf, type Json } from './json';

/** Input scaling and output labels stated in a model's own file. */
export interface StatedInput {
  readonly scaling: Scaling;
  readonly labels: readonly string[];
}

/** tfjs's key for custom metadata in a `model.json`. */
const METADATA = 'userDefinedMetadata';
const OWN_KEY = 'mien';

/** Statement that Mien writes into the `model.json` of a taught model. */
export function inputStatement(input: StatedInput): Json {
  return { [METADATA]: { [OWN_KEY]: input } };
}

/**
 * Reads the statement from a `model.json`; null if there is none.
 *
 * @throws MienError `model-file/damaged` if the statement is invalid.
 */
export function statedInput(json: Json): StatedInput | null {
  const metadata = json[METADATA];
  const own = isRecord(metadata) ? metadata[OWN_KEY] : null;
  if (!isRecord(own)) return null;
  try {
    return { scaling: checkScaling(own['scaling']), labels: listOf(own['labels'], 'labels').map((label) => textOf(label, 'label')) };
  } catch (error) {
    throw new MienError('model-file', 'damaged', String(error), error);
  }
}
