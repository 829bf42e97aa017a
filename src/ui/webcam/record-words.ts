import type { Settings } from '../settings';

type Look = Settings['recordLook'];

/** What each choice keeps, in words. */
export const LOOKS: Readonly<Record<Look, { readonly name: string; readonly detail: string }>> = {
  data: { name: 'Data only', detail: 'Expressions over time, no picture' },
  plain: { name: 'Video', detail: 'The camera’s picture, without sound' },
  overlay: { name: 'Video with boxes', detail: 'With what is read in the faces' },
  faceless: { name: 'Video without faces', detail: 'Each face is covered before it is written' },
};
