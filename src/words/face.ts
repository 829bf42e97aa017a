import type { FaceObservation, HeadPose } from '../engine/types';
import { uncertainReasons, wordSkip } from './quality';
import { EXPRESSION_STYLE } from './expression-style';
import { formatShare } from './format';

/** The face in a few words: "Happy 93%", "Uncertain: turned 55°", or why it was not read. */
export function headlineOf(face: FaceObservation): string {
  if (face.status === 'skipped') return wordSkip(face.reason).title;
  if (face.uncertain) return `Uncertain: ${uncertainReasons(face).join(', ')}`;
  return `${EXPRESSION_STYLE[face.label].name} ${formatShare(face.confidence)}`;
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
