import { verdictOf, type Probabilities } from '../engine/labels';
import type { ClassifiedFace, FaceObservation, HeadPose } from '../engine/types';
import { uncertainReasons, wordSkip } from './quality';
import { expressionName, expressionWord } from './expression-style';
import { capitalized, formatList, formatShare } from './format';
import { msg, t, type Phrase } from './i18n';

/** The verdict in words: "Happy" with "93%", or for a close call "Sad or neutral" with "44% and 41%". */
export function wordExpression(probabilities: Probabilities): { readonly name: string; readonly share: string } {
  const { label, closeCall } = verdictOf(probabilities);
  const name = expressionName(label);
  const share = formatShare(probabilities[label]);
  if (closeCall === null) return { name, share };
  return {
    name: t('{first} or {second}', { first: name, second: expressionWord(closeCall) }),
    share: t('{share} and {next}', { share, next: formatShare(probabilities[closeCall]) }),
  };
}

/** The model's own class that replaces the expression, as "Tongue out" with "93%"; null if there is none or the face has another concern. */
export function ownClassOf({ concerns }: Pick<ClassifiedFace, 'concerns'>): { readonly name: string; readonly share: string } | null {
  const [concern, another] = concerns;
  if (concern?.kind !== 'other-class' || another) return null;
  return { name: capitalized(concern.name ?? t('another class')), share: formatShare(concern.value) };
}

/** The face in a few words: "Happy 93%", "Uncertain: turned 55°", or why it was skipped. */
export function headlineOf(face: FaceObservation): string {
  if (face.status === 'skipped') return wordSkip(face.reason).title;
  const own = ownClassOf(face);
  if (own) return `${own.name} ${own.share}`;
  if (face.uncertain) return t('Uncertain: {reasons}', { reasons: formatList(uncertainReasons(face)) });
  const { name, share } = wordExpression(face.smoothed);
  return `${name} ${share}`;
}

/** Directions as seen in the picture; angles under half a degree count as none. */
export function wordHeadPose(pose: HeadPose): readonly (readonly [name: string, value: string])[] {
  return [
    [t('Turn'), direction(pose.yawDeg, msg('{degrees}° right'), msg('{degrees}° left'))],
    [t('Nod'), direction(pose.pitchDeg, msg('{degrees}° up'), msg('{degrees}° down'))],
    [t('Tilt'), direction(pose.rollDeg, msg('{degrees}° right'), msg('{degrees}° left'))],
  ];
}

function direction(degrees: number, positive: Phrase, negative: Phrase): string {
  const whole = Math.round(Math.abs(degrees));
  return whole === 0 ? '0°' : t(degrees > 0 ? positive : negative, { degrees: whole });
}
