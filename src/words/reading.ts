import type { LeftOutReason } from '../engine/types';
import { formatClock } from './format';

/** What is worded; as in `ReadingAccount`. */
interface Account {
  readonly source: { readonly brokenOffAtMs: number | null };
  readonly partMs: readonly [fromMs: number, toMs: number] | null;
  readonly framesAsked: number;
  readonly framesRead: number;
  readonly framesLeftOut: readonly { readonly reason: LeftOutReason | 'stopped'; readonly count: number }[];
  readonly ending: 'complete' | 'stopped';
}

const REASONS: Readonly<Record<LeftOutReason | 'stopped', string>> = {
  undecodable: 'undecodable',
  'no-key-frame': 'key frame missing',
  failed: 'the engine failed',
  'no-picture': 'no picture from the camera',
  damaged: 'the file is damaged there',
  stopped: 'not reached',
};

/** "Asked 601, read 598, left out 3 (undecodable)." Each reason has its count where there are several. */
export function wordCounts({ framesAsked, framesRead, framesLeftOut }: Pick<Account, 'framesAsked' | 'framesRead' | 'framesLeftOut'>): string {
  const reasons = framesLeftOut.map(({ reason, count }) => (framesLeftOut.length > 1 ? `${count} ${REASONS[reason]}` : REASONS[reason]));
  const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  return `Asked ${framesAsked}, read ${framesRead}, left out ${framesAsked - framesRead}${why}.`;
}

/**
 * A reading in sentences: "Stopped at 0:12 of 1:00. Asked 60, read 12, left out 48 (not reached)."
 *
 * @param readMs length of what was read, ms.
 */
export function wordReading(account: Account, readMs: number): string {
  const { ending, partMs, source } = account;
  const sentences = [wordCounts(account)];
  if (ending === 'stopped' && partMs) sentences.unshift(`Stopped at ${formatClock(readMs)} of ${formatClock(partMs[1] - partMs[0])}.`);
  if (source.brokenOffAtMs !== null) sentences.push(`The file breaks off at ${formatClock(source.brokenOffAtMs, 1)}.`);
  return sentences.join(' ');
}
