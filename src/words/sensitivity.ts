import type { Sensitivity } from '../engine/mixing';
import { msg, type Phrase } from './i18n';

export const SENSITIVITY_NAMES: Readonly<Record<Sensitivity, Phrase>> = { cautious: msg('Cautious'), balanced: msg('Balanced'), eager: msg('Eager') };
