import { dominant } from '../engine/labels';
import type { ClassifiedFace, QualityConcern } from '../engine/types';
import { uncertainReasons } from './quality';
import { EXPRESSION_STYLE } from './expression-style';
import { formatShare } from './format';

/** Why a face is uncertain, and what it comes closest to: "Turned 55°, too dark. Closest: sad, 62%." */
export function explainUncertain(face: ClassifiedFace): string {
  const { label, confidence } = dominant(face.smoothed);
  const reasons = uncertainReasons(face).join(', ');
  const sentence = `${reasons.charAt(0).toUpperCase()}${reasons.slice(1)}`;
  return `${sentence}. Closest: ${EXPRESSION_STYLE[label].name.toLowerCase()}, ${formatShare(confidence)}.`;
}

const ADVICE: Readonly<Record<QualityConcern['kind'], string>> = {
  small: 'Come closer to the camera.',
  turned: 'Turn towards the camera.',
  dark: 'Bring light to the face.',
  bright: 'Turn away from the light, or dim it.',
  blurred: 'Hold still, or wipe the lens.',
  'cut-off': 'Move further into the picture.',
  covered: 'Take away what covers eyes or mouth.',
  'not-a-face': 'Turn towards the camera, in better light.',
};

/** Before a camera, a person can do something about a concern. */
export function liveAdvice(kind: QualityConcern['kind']): string {
  return ADVICE[kind];
}
