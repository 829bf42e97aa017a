import type { Expression } from '../engine/labels';
import { expressionName, expressionWord } from './expression-style';
import { formatList, formatShare } from './format';
import { msg, t, type Phrase } from './i18n';

/** Instructions for making each face, as a director would give them. */
const HINTS: Readonly<Record<Expression, Phrase>> = {
  neutral: msg('Rest your face: nothing to do.'),
  happy: msg('Smile until your cheeks rise.'),
  surprise: msg('Raise your brows and drop your jaw.'),
  sad: msg('Pull the corners of your mouth down, and the inner ends of your brows up.'),
  angry: msg('Draw your brows together and press your lips.'),
  disgust: msg('Wrinkle your nose and raise your upper lip.'),
  fear: msg('Open your eyes wide and stretch your mouth sideways.'),
};

export function wordFaceHint(expression: Expression): string {
  return t(HINTS[expression]);
}

/** Best picture of one expression in a game. */
interface KeptFace {
  readonly asked: Expression;
  readonly best: {
    readonly share: number;
    readonly unclear: boolean;
    readonly stronger: { readonly expression: Expression; readonly share: number } | null;
  } | null;
}

export interface FaceWording {
  readonly name: string;
  /** Mien's reading of the picture, not of the person. */
  readonly reading: string;
  /** Additional remark; empty if none. */
  readonly remark: string;
}

export function wordKeptFace({ asked, best }: KeptFace): FaceWording {
  const name = expressionName(asked);
  if (!best) return { name, reading: t('Not read'), remark: '' };
  const reading = t('Mien read {share} {expression}', { share: formatShare(best.share), expression: expressionWord(asked) });
  const remarks = [
    ...(best.stronger ? [t('and {share} {expression}', { share: formatShare(best.stronger.share), expression: expressionWord(best.stronger.expression) })] : []),
    ...(best.unclear ? [t('hard to read')] : []),
  ];
  return { name, reading, remark: formatList(remarks) };
}
