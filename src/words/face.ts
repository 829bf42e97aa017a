import { verdictOf, type Probabilities } from '../engine/labels';
import type { FaceObservation, HeadPose } from '../engine/types';
import { uncertainReasons, wordSkip } from './quality';
import { EXPRESSION_STYLE } from './expression-style';
import { formatShare } from './format';

/** What probabilities say: "Happy" with "93%", or of a close call "Sad or neutral" with "44% and 41%". */
export function wordExpression(probabilities: Probabilities): { readonly name: string; readonly share: string } {
  const { label, closeCall } = verdictOf(probabilities);
  const { name } = EXPRESSION_STYLE[label];
  const share = formatShare(probabilities[label]);
  if (closeCall === null) return { name, share };
  return { name: `${name} or ${EXPRESSION_STYLE[closeCall].name.toLowerCase()}`, share: `${share} and ${formatShare(probabilities[closeCall])}` };
}

/** The face in a few words: "Happy 93%", "Uncertain: turned 55°", or why it was not read. */
export function headlineOf(face: FaceObservation): string {
  if (face.status === 'skipped') return wordSkip(face.reason).title;
  if (face.uncertain) return `Uncertain: ${uncertainReasons(face).join(', ')}`;
  const { name, share } = wordExpression(face.smoothed);
  return `${name} ${share}`;
}

/** Directions as seen in the picture; a turn under half a degree is none. */
export function wordHeadPose(pose: HeadPose): readonly (readonly [name: string, value: string])[] {
  return [
    ['Turn', direction(pose.yawDeg, 'right', 'left')],
    ['Nod', direction(pose.pitchDeg, 'up', 'down')],
    ['Tilt', direction(pose.rollDeg, 'right', 'left')],
  ];
}

function direction(degrees: number, positive: string, negative: string): string {
  const whole = Math.round(Math.abs(degrees));
  return whole === 0 ? '0°' : `${whole}° ${degrees > 0 ? positive : negative}`;
}
