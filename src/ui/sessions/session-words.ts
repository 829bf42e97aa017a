import type { ArchivedSession } from '../../session/session-archive';
import type { StorageUse } from '../../session/storage-use';
import { formatBytes, formatDuration, formatMoment } from '../format';
import { webcamName } from '../webcam-name';

export function wordPeople(count: number): string {
  return count === 0 ? 'nobody' : count === 1 ? '1 person' : `${count} people`;
}

const KINDS: Readonly<Record<ArchivedSession['kind'], string>> = { webcam: 'Webcam', video: 'Video' };

/** What, when, how long, who and how large: "Video · 5 Jul 2026, 14:03 · 12 s · 2 people · 120 kB". */
export function describeSession({ kind, name, startedAtMs, durationMs, tracks, bytes }: ArchivedSession): string {
  const when = formatMoment(startedAtMs);
  // The name that a recording is given says both already.
  const head = name === webcamName(startedAtMs) ? [] : [KINDS[kind], when];
  return [...head, formatDuration(durationMs), wordPeople(tracks.length), formatBytes(bytes)].join(' · ');
}

/** What all sessions take, and how much the browser grants. */
export function describeUse(sessions: readonly ArchivedSession[], use: StorageUse | null): string {
  const own = sessions.reduce((sum, { bytes }) => sum + bytes, 0);
  const count = sessions.length === 1 ? '1 session' : `${sessions.length} sessions`;
  const all = use ? ` With videos and the offline copy of the app, ${formatBytes(use.usedBytes)} of ${formatBytes(use.quotaBytes)} are in use.` : '';
  const kept = use && !use.persisted ? ' When this device runs out of space, the browser may clear it.' : '';
  return `${count}, ${formatBytes(own)} of data.${all}${kept}`;
}
