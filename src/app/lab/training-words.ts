import { USUAL_AUGMENTATION, type Augmentation } from '../../lab/teach/augment';
import type { Trainable } from '../../lab/teach/trainable';
import type { TrainingPlan } from '../../lab/teach/training-state';
import { formatDuration } from '../../words/format';
import { msg, t, type Phrase } from '../../words/i18n';

export const NETWORK_WORDS: Readonly<Record<Trainable, Phrase>> = {
  'fine-tune': msg('Mien’s own, trained further'),
  'mien-xs': msg('mien-xs, from nothing (0.2 million weights)'),
  'mien-s': msg('mien-s, from nothing (1.7 million)'),
  'seed-cnn4': msg('Four convolutions, from nothing (2.3 million)'),
  'seed-bilstm': msg('Convolutions and two LSTMs, from nothing (1.4 million)'),
  'seed-vgg': msg('After VGG, from nothing (3.5 million)'),
  'seed-separable': msg('After MobileNet at 224 pixels, from nothing (2.3 million)'),
};

export const CHANGE_WORDS: Readonly<Record<keyof Augmentation, Phrase>> = {
  flip: msg('mirrored'),
  rotationDeg: msg('turned by up to 15°'),
  zoom: msg('larger or smaller by up to 15%'),
  shift: msg('shifted by up to 10%'),
  shear: msg('sheared by up to 10%'),
  brightness: msg('median brightness moved by up to 15%'),
  closing: msg('thin dark lines closed, one in ten'),
};

/** Default strength for the chosen augmentations, zero for the others. */
export function augmentationOf(chosen: ReadonlySet<keyof Augmentation>): Augmentation {
  const { flip, ...strengths } = USUAL_AUGMENTATION;
  const own = Object.fromEntries(Object.entries(strengths).map(([name, strength]) => [name, chosen.has(name as keyof Augmentation) ? strength : 0]));
  return { ...(own as Omit<Augmentation, 'flip'>), flip: flip && chosen.has('flip') };
}

/** Default plan for a network; a pre-trained one gets a lower learning rate. */
export function usualPlan(network: Trainable): TrainingPlan {
  const fromNothing = network !== 'fine-tune';
  return { epochs: fromNothing ? 60 : 20, batch: 32, learningRate: fromNothing ? 1e-3 : 1e-4, patience: fromNothing ? 10 : 5, plateau: fromNothing ? 4 : 2 };
}

/** `about 12 min if all 20 epochs are needed`; null while unknown. */
export function wordRemaining(stepMs: number | null, stepsOfEpoch: number, stepsDone: number, epochs: number): string | null {
  if (stepMs === null) return null;
  const left = Math.max(0, stepsOfEpoch * epochs - stepsDone) * stepMs;
  return t('about {time} if all {epochs, plural, one {# epoch} other {# epochs}} are needed', { time: formatDuration(left), epochs });
}

/** Describes the split, including the validation faces. @param isWhole true if these were split like the held-out ones. */
export function wordTrainingSplit(split: string, validation: number, isWhole: boolean): string {
  return isWhole
    ? t('{split} The best epoch was chosen by {count} of the former, parted in the same way.', { split, count: validation })
    : t('{split} The best epoch was chosen by {count} of the former, with only near-duplicates kept together.', { split, count: validation });
}
