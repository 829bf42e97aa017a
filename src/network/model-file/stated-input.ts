import { MienError } from '../../engine/errors';
import { checkScaling, type Scaling } from '../scaling';
import { isRecord, listOf, textOf, type Json } from './json';

/** How a model wants its faces and what its outputs stand for, as its own file says. */
export interface StatedInput {
  readonly scaling: Scaling;
  readonly labels: readonly string[];
}

/** Under tfjs's own key for what a program adds to a `model.json`. */
const METADATA = 'userDefinedMetadata';
const OWN_KEY = 'mien';

/** What Mien writes into the `model.json` of a model that it taught. */
export function inputStatement(input: StatedInput): Json {
  return { [METADATA]: { [OWN_KEY]: input } };
}

/**
 * What a `model.json` says of its input; null where nothing.
 *
 * @throws MienError `model-file/damaged` where what it says makes no sense.
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
