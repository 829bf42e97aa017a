import type { LeftOutReason, NotRead } from '../engine/types';
import { formatClock, formatList } from './format';
import { msg, t, type Phrase } from './i18n';

/** The fields of `ReadingAccount` that are worded. */
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
  paused: msg('paused or hidden'),
  'no-engine': msg('the engine was loading'),
  stopped: msg('not reached'),
};

/** "598 of 601 frames read, 3 left out (undecodable)." Counts are given per reason if there are several. */
export function wordCounts({ framesAsked, framesRead, framesLeftOut }: Pick<Account, 'framesAsked' | 'framesRead' | 'framesLeftOut'>): string {
  const reasons = framesLeftOut.map(({ reason, count }) => (framesLeftOut.length > 1 ? t('{count} {reason}', { count, reason: t(REASONS[reason]) }) : t(REASONS[reason])));
  const counts = { asked: framesAsked, read: framesRead, leftOut: framesAsked - framesRead };
  if (reasons.length === 0) return t('{asked, plural, =0 {No frame was asked for.} one {The only frame was read.} other {All # frames were read.}}', counts);
  return t('{read} of {asked, plural, one {# frame} other {# frames}} read, {leftOut} left out ({reasons}).', { ...counts, reasons: formatList(reasons) });
}

/**
 * An account in sentences: "Stopped at 0:12 of 1:00. 12 of 60 frames read, 48 left out (not reached)."
 *
 * @param readMs length of the part that was read, ms.
 */
export function wordReading(account: Account, readMs: number): string {
  const { ending, partMs, source } = account;
  const sentences = [wordCounts(account)];
  if (ending === 'stopped' && partMs) sentences.unshift(wordStop(readMs, partMs[1] - partMs[0]));
  if (source.brokenOffAtMs !== null) sentences.push(t('The file breaks off at {time}.', { time: formatClock(source.brokenOffAtMs, 1) }));
  return [...sentences, ...wordNotRead(source.notRead ?? [])].join(' ');
}

/** A recording that was interrupted has no other length than what is left of it. */
function wordStop(readMs: number, lengthMs: number): string {
  const time = formatClock(readMs);
  return readMs < lengthMs ? t('Stopped at {time} of {length}.', { time, length: formatClock(lengthMs) }) : t('Interrupted at {time}.', { time });
}

/** Sentences about a file's contents that were not read. */
export function wordNotRead(notRead: readonly NotRead[]): string[] {
  const of = (wanted: NotRead['what']) => notRead.filter(({ what }) => what === wanted);
  // Each contains commas of its own.
  const tracks = of('track').map(({ detail }) => detail);
  return [
    ...(tracks.length > 0 ? [t('Other picture tracks of the file are not read: {tracks}.', { tracks: tracks.join(' · ') })] : []),
    ...of('end-of-recording').map(({ atMs }) => t('A recording in the file breaks off at {time}, and the next one begins.', { time: formatClock(atMs ?? 0, 1) })),
    ...of('recording').map(({ atMs }) => t('Another recording in the file, at {time}, cannot be read.', { time: formatClock(atMs ?? 0, 1) })),
    ...of('edits').map(({ atMs }) => t('From {time} on, this file asks players for another speed or for no picture at all; it is read as it was recorded, so that times may differ.', { time: formatClock(atMs ?? 0, 1) })),
  ];
}
