import { msg } from './i18n';
/** Texts for each kind of recording. */
export const LOOKS = {
  data: { name: msg('Data only'), word: msg('data only'), detail: msg('Expressions over time, no picture') },
  plain: { name: msg('Video'), word: msg('video'), detail: msg('The camera’s picture, without sound') },
  overlay: { name: msg('Video with boxes'), word: msg('video with boxes'), detail: msg('With what is read in the faces') },
  faceless: { name: msg('Video without faces'), word: msg('video without faces'), detail: msg('Each face is covered before it is written') },
} as const;
