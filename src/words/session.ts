import { formatBytes, formatDuration, formatMoment } from './format';

interface Session {
  readonly kind: 'webcam' | 'video';
  readonly name: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly bytes: number;
}

interface Storage {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** The browser keeps it until the user deletes it. */
  readonly persisted: boolean;
}

/** The default name of a webcam recording. */
export function webcamName(startedAtMs: number): string {
  return `Webcam, ${formatMoment(startedAtMs)}`;
}

export function wordPeople(count: number): string {
  return count === 0 ? 'nobody' : count === 1 ? '1 person' : `${count} people`;
}

const KINDS: Readonly<Record<Session['kind'], string>> = { webcam: 'Webcam', video: 'Video' };

/** One line about a session with so many people: "Video · 5 Jul 2026, 14:03 · 12 s · 2 people · 120 kB". */
export function describeSession({ kind, name, startedAtMs, durationMs, bytes }: Session, people: number): string {
  const when = formatMoment(startedAtMs);
  // The default name of a recording contains both already.
  const head = name === webcamName(startedAtMs) ? [] : [KINDS[kind], when];
  return [...head, formatDuration(durationMs), wordPeople(people), formatBytes(bytes)].join(' · ');
}

/** Space that all sessions take, and the browser's quota. */
export function describeUse(sessions: readonly Session[], use: Storage | null): string {
  const own = sessions.reduce((sum, { bytes }) => sum + bytes, 0);
  const count = sessions.length === 1 ? '1 session' : `${sessions.length} sessions`;
  const all = use ? ` With videos and the offline copy of the app, ${formatBytes(use.usedBytes)} of ${formatBytes(use.quotaBytes)} are in use.` : '';
  const kept = use && !use.persisted ? ' When this device runs out of space, the browser may clear it.' : '';
  return `${count}, ${formatBytes(own)} of data.${all}${kept}`;
}
