import { t } from './i18n';

/** The fields of a video's session that are worded. */
interface AnalysedVideo {
  /** Frames read. */
  readonly frames: number;
  /** Null in sessions of version 0.1. */
  readonly reading: { readonly ending: 'complete' | 'stopped' } | null;
}

/** Whether an analysis was stopped, by a person or a failure, with results. */
export function wasStopped({ frames, reading }: AnalysedVideo): boolean {
  return frames > 0 && reading?.ending === 'stopped';
}

/** Sentences about the videos of the last visit: how many were analysed, in part, or not at all. */
export function wordAnalysed(videos: readonly AnalysedVideo[]): string {
  const unread = videos.filter(({ frames }) => frames === 0).length;
  const partly = videos.filter(wasStopped).length;
  const whole = videos.length - unread - partly;
  return [
    ...(whole > 0 ? [t('{count, plural, one {# video was} other {# videos were}} analysed before the page was closed.', { count: whole })] : []),
    ...(partly > 0 ? [t('{count, plural, one {The analysis of # video was} other {The analyses of # videos were}} stopped early.', { count: partly })] : []),
    ...(unread > 0 ? [t('{count, plural, one {No frame of # video was read.} other {No frame of # videos was read.}}', { count: unread })] : []),
  ].join(' ');
}
