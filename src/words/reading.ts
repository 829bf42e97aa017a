import type { LeftOutReason, NotRead } from '../engine/types';
import { formatClock, formatList } from './format';
import { msg, t, type Phrase } from './i18n';

/** What is worded; as in `ReadingAccount`. */
interface Account {
  readonly source: { readonly brokenOffAtMs: number | null; readonly notRead?: readonly NotRead[] };
  readonly partMs: readonly [fromMs: number, toMs: number] | null;
  readonly framesAsked: number;
  readonly framesRead: number;
  readonly framesLeftOut: readonly { readonly reason: LeftOutReason | 'stopped'; readonly count: number }[];
  readonly ending: 'complete' | 'stopped';
}

const REASONS: Readonly<Record<LeftOutReason | 'stopped', Phrase>> = {
  undecodable: msg('undecodable'),
  'no-key-frame': msg('key frame missing'),
  failed: msg('the engine failed'),
  'no-picture': msg('no picture from the camera'),
  damaged: msg('the file is damaged there'),
  stopped: msg('not reached'),
};

/** "Asked 601, read 598, left out 3 (undecodable)." Each reason has its count where there are several. */
export function wordCounts({ framesAsked, framesRead, framesLeftOut }: Pick<Account, 'framesAsked' | 'framesRead' | 'framesLeftOut'>): string {
  const reasons = framesLeftOut.map(({ reason, count }) => (framesLeftOut.length > 1 ? t('{count} {reason}', { count, reason: t(REASONS[reason]) }) : t(REASONS[reason])));
  const counts = { asked: framesAsked, read: framesRead, leftOut: framesAsked - framesRead };
  if (reasons.length === 0) return t('Asked {asked}, read {read}, left out {leftOut}.', counts);
  return t('Asked {asked}, read {read}, left out {leftOut} ({reasons}).', { ...counts, reasons: formatList(reasons) });
}

/**
 * A reading in sentences: "Stopped at 0:12 of 1:00. Asked 60, read 12, left out 48 (not reached)."
 *
 * @param readMs length of what was read, ms.
 */
export function wordReading(account: Account, readMs: number): string {
  const { ending, partMs, source } = account;
  const sentences = [wordCounts(account)];
  if (ending === 'stopped' && partMs) sentences.unshift(t('Stopped at {time} of {length}.', { time: formatClock(readMs), length: formatClock(partMs[1] - partMs[0]) }));
  if (source.brokenOffAtMs !== null) sentences.push(t('The file breaks off at {time}.', { time: formatClock(source.brokenOffAtMs, 1) }));
  return [...sentences, ...wordNotRead(source.notRead ?? [])].join(' ');
}

/** What else is in a file, in sentences. */
export function wordNotRead(notRead: readonly NotRead[]): string[] {
  const of = (wanted: NotRead['what']) => notRead.filter(({ what }) => what === wanted);
  const tracks = of('track').map(({ detail }) => detail);
  return [
    ...(tracks.length > 0 ? [t('Other picture tracks of the file are not read: {tracks}.', { tracks: formatList(tracks) })] : []),
    ...of('end-of-recording').map(({ atMs }) => t('A recording in the file breaks off at {time}, and the next one begins.', { time: formatClock(atMs ?? 0, 1) })),
    ...of('recording').map(({ atMs }) => t('Another recording in the file, at {time}, cannot be read.', { time: formatClock(atMs ?? 0, 1) })),
  ];
}
