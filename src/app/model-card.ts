import { fetchJson } from '../engine/assets';
import { readModelCard, type ModelCard } from '../engine/model-card';
import { servingModelFolder } from '../engine/model-list';
import { formatBytes, formatCount } from '../words/format';
import { t } from '../words/i18n';

/**
 * Fetches the card of the built-in model.
 *
 * @throws MienError of kind `model`.
 */
export async function loadCard(): Promise<ModelCard> {
  const folder = await servingModelFolder(document.baseURI, 'default');
  return readModelCard(await fetchJson(`${folder}card.json`, 'default'));
}

/** Names and values of a card's facts, in display order. */
export function cardFacts({ id, version, bytes, parameters, multiplyAdds, input, data, sha256 }: ModelCard): readonly (readonly [name: string, value: string])[] {
  const facts: readonly (readonly [string, string])[] = [
    [t('Model'), id],
    [t('Version'), version],
    [t('Size'), bytes === null ? '' : formatBytes(bytes)],
    [t('Parameters'), parameters === null ? '' : formatCount(parameters)],
    [t('Multiply-adds'), multiplyAdds === null ? '' : formatCount(multiplyAdds)],
    [t('What it sees'), input.preprocessing],
    [t('Trained on'), data.trainedOn],
    [t('Labels'), data.labelRules],
    [t('Measured on'), data.measuredOn],
    [t('Data licence'), data.licence],
    ['SHA-256', sha256],
  ];
  return facts.filter(([, value]) => value !== '');
}
