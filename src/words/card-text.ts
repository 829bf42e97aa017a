import { classWord } from './class-word';
import { formatCount, formatList, formatNumber, formatPercent } from './format';
import { msg, t, type Phrase } from './i18n';

/** Names in the cards of Mien's models: sets of faces and people, outputs, rules, picture faults, and unsuitable uses. */
const NAMES: readonly Phrase[] = [
  msg('FER+ votes'),
  msg('FER2013 labels'),
  msg('CK+ peak'),
  msg('Taiwanese, clear'),
  msg('photographs'),
  msg('gender female'),
  msg('gender male'),
  msg('age child'),
  msg('age young'),
  msg('age middle'),
  msg('age old'),
  msg('illumination bad'),
  msg('illumination medium'),
  msg('illumination high'),
  msg('As the app shows'),
  msg('FER+ head'),
  msg('FER2013 head'),
  msg('faces where more than half of ten votes name one of the seven expressions'),
  msg("the data set's own label, every face"),
  msg('Inferring what someone feels: it reads expressions, which differ from feelings.'),
  msg('Decisions about people: hiring, grading, policing, insurance, health.'),
  msg("Emotion inference at work or in schools, which the EU's AI Act prohibits."),
  msg('box scale'),
  msg('shift right'),
  msg('shift down'),
  msg('roll, degrees'),
  msg('face size, px'),
  msg('exposure, gamma'),
  msg('light from a side'),
  msg('blur, px'),
];

/** Sentences that `training.card` and `training.zoo` write; the parts in braces vary by model. */
const SENTENCES: readonly Phrase[] = [
  msg("Confuses disgust with anger and sadness, fear with surprise, and sadness with neutral. It misses {share} of the faces that FER2013's own, noisier labels call fear."),
  msg('Reads {share} of resting faces as sad, by FER+ labels.'),
  msg("On faces that most people agree about, its probabilities can be taken at their word (off by {votes} on average). By FER2013's own labels, which disagree with most people on {disputed} of such faces, they are too confident by {labels}."),
  msg('Of the faces that most people agree about, it reads {plain} correctly as they are, {dark} when far too dark, {bright} when far too bright, {side} with one side of the face nearly black, {blurred} out of focus by 2 pixels of 48 and {small} at 16 pixels, all simulated.'),
  msg('Is less accurate on heads turned to the side: of validation faces that were pasted into scenes and found, it read {frontal} correctly by FER+ up to 10 degrees, {turned} (of {turnedFaces}) at 20 to 45 and {far} (of {farFaces}) beyond. That was with the rule of 1.6.0, before these weights were stored in 8 bits.'),
  msg('Masks and hands make it worse; how much has not been measured.'),
  msg('{set}: recognises {hits} of {faces} faces labelled {expression}, its lowest share there.'),
  msg('Its training pictures were found by web search in 2013: ages, skin tones and cultures are unevenly represented.'),
  msg('On film stills, whose labels are noisy, it recognises {low} of {lowFaces} smiles ({lowGroup}) to {high} of {highFaces} ({highGroup}).'),
  msg('On film stills, whose labels are noisy, it recognises {low} of {lowFaces} neutral faces ({lowGroup}) to {high} of {highFaces} ({highGroup}).'),
  msg('Square crop turned upright by the eye line, area-averaged to 48×48 luminance (Rec. 601), then zero mean and unit deviation per face.'),
  msg("FER2013's Training images ({faces} faces, {copies} near-duplicates of validation faces left out), both label sets; by FER2013's labels angry {angry}, disgust {disgust}, fear {fear}, happy {happy}, sad {sad}, surprise {surprise}, neutral {neutral}"),
  msg("FER2013 head: the data set's own labels, {refined} of each replaced by what the face's votes and an earlier version of this model say. FER+ head: the shares of the ten votes that name one of the seven expressions, single votes dropped, with {votes} votes more from that earlier version. {distilled} of what is learnt are the answers of other networks, trained on the same faces, to the same pictures or their mirror images. The weights are the mean of those of {models}; these are the rules of the last."),
  msg("FER2013's PublicTest images ({faces} faces), which were used to choose settings, not to train"),
  msg('FER2013: Open Database License (ICML 2013 workshop challenge); FER+ labels: MIT. The images are not shipped.'),
  msg('Extended Cohn-Kanade, posed, coded by FACS: the peak frame of each sequence; for research, not passed on'),
  msg('Taiwan Corpora of Chinese Emotions, posed; faces on which {share} of raters agree, or neutral; for research, not passed on'),
  msg("80 press photographs of five expressions, one rater's labels (muxspace/facial_expressions, Apache-2.0)"),
  msg('no figure'),
  msg('about {from} to {to} on FER2013'),
  msg("about {share} on FER2013's test faces"),
  msg('about {share} on its own validation faces, of FER+ and RAF-DB'),
  msg('nothing but the data set; here Adam at {rate}, batches of {batch}, a tenth of the rate after {patience} epochs without a lower loss, early stopping after {end}'),
  msg("Adam at {rate} with decay {decay}, batches of {batch}, {epochs} epochs, no augmentation, the last epoch's weights"),
  msg('Adam at {rate}, batches of {batch}, up to {epochs} epochs, a fifth of the rate after {patience} epochs without a lower loss, early stopping after {end}; rotation {rotation} degrees, shear {shear}, zoom {zoom}, shift {shift}, mirroring'),
  msg('RMSprop, up to {epochs} epochs, lower rate on a plateau, early stopping after {end}; mirroring, rotation, closing, brightness by median luminance; FER+ and RAF-DB'),
];

/** A short model card text, translated if it is a known one; null if not. */
export function knownCardText(text: string): string | null {
  const name = NAMES.find((known) => sourceOf(known) === text);
  if (name) return t(name);
  for (const sentence of SENTENCES) {
    const found = patternOf(sentence).exec(text);
    if (found) return t(sentence, Object.fromEntries(Object.entries(found.groups ?? {}).map(([key, value]) => [key, asRead(value)])));
  }
  return null;
}

/** A model card text, translated if it is a known one. */
export function cardText(text: string): string {
  return knownCardText(text) ?? text;
}

function sourceOf(phrase: Phrase): string {
  return phrase as unknown as string;
}

/** Matches a sentence and captures the values of its placeholders. */
function patternOf(sentence: Phrase): RegExp {
  const parts = sourceOf(sentence).split(/\{(\w+)\}/);
  return new RegExp(`^${parts.map((part, i) => (i % 2 === 1 ? `(?<${part}>.+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('')}$`);
}

/** Localises a value that Python filled in: "90 %", "27,825", "0.001", "a, b and c", an expression, a known name. */
function asRead(value: string): string {
  const [, share] = /^(\d+(?:\.\d+)?) %$/.exec(value) ?? [];
  if (share !== undefined) return formatPercent(Number(share) / 100, decimalsOf(share));
  if (/^\d{1,3}(?:,\d{3})*$/.test(value)) return formatCount(Number(value.replaceAll(',', '')));
  if (/^\d+\.\d+$/.test(value)) return formatNumber(Number(value), { decimals: decimalsOf(value) });
  const known = knownCardText(value);
  if (known !== null) return known;
  const listed = value.split(/, | and /);
  return listed.length > 1 ? formatList(listed) : classWord(value);
}

function decimalsOf(digits: string): number {
  return digits.split('.')[1]?.length ?? 0;
}
