/** What each kind of recording keeps, in words. */
export const LOOKS = {
  data: { name: 'Data only', detail: 'Expressions over time, no picture' },
  plain: { name: 'Video', detail: 'The camera’s picture, without sound' },
  overlay: { name: 'Video with boxes', detail: 'With what is read in the faces' },
  faceless: { name: 'Video without faces', detail: 'Each face is covered before it is written' },
} as const;
