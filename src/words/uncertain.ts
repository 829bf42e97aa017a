import type { PictureConcern } from '../engine/face-quality';
import { dominant, tellsExpressions } from '../engine/labels';
import type { ClassifiedFace, QualityConcern } from '../engine/types';
import { ownClassOf } from './face';
import { uncertainReasons } from './quality';
import { expressionWord } from './expression-style';
import { capitalized, formatList, formatShare } from './format';
import { msg, t, type Phrase } from './i18n';

/** Why a face is uncertain, and its closest expression: "Turned 55°, too dark. Closest: sad, 62%." */
export function explainUncertain(face: ClassifiedFace): string {
  const tells = tellsExpressions(face.smoothed);
  if (ownClassOf(face)) return tells ? t('A class of the model’s own. The seven expressions share the rest.') : t('A class of the model’s own.');
  const { label, confidence } = dominant(face.smoothed);
  const reasons = capitalized(formatList(uncertainReasons(face)));
  if (!tells) return `${reasons}.`;
  return t('{reasons}. Closest: {expression}, {share}.', { reasons, expression: expressionWord(label), share: formatShare(confidence) });
}

/** Replaces the probability bars if the model knows none of the expressions. */
export function wordNoExpressions(): string {
  return t('The model has none of the seven expressions, so there are no bars and no curve of them.');
}

const ADVICE: Readonly<Record<PictureConcern, Phrase>> = {
  small: msg('Come closer to the camera.'),
  turned: msg('Turn towards the camera.'),
  dark: msg('Bring light to the face.'),
  bright: msg('Turn away from the light, or dim it.'),
  blurred: msg('Hold still, or wipe the lens.'),
  'cut-off': msg('Move further into the picture.'),
  covered: msg('Take away what covers eyes or mouth.'),
  'not-a-face': msg('Turn towards the camera, in better light.'),
};

/** Advice to a person in front of a camera about a concern; null for a class of the model's own. */
export function liveAdvice(kind: QualityConcern['kind']): string | null {
  return kind === 'other-class' ? null : t(ADVICE[kind]);
}
