import { formatBytes, formatDuration, formatMoment } from './format';
import { inEnglish, msg, t, type Phrase } from './i18n';

interface Session {
  readonly kind: 'webcam' | 'video';
  readonly name: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** Read, with and without faces. */
  readonly frames: number;
  readonly bytes: number;
}

interface Storage {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser keeps the data until the user deletes it. */
  readonly persisted: boolean;
}

/** Stored default name of a webcam recording, the same in every language. */
export function defaultName(startedAtMs: number): string {
  return inEnglish(() => webcamName(startedAtMs));
}

/** Suffix after a recording's default name, such as " (2)" for duplicates; null if it has another name. */
export function afterDefaultName({ name, startedAtMs }: Pick<Session, 'name' | 'startedAtMs'>): string | null {
  const usual = defaultName(startedAtMs);
  const rest = name.startsWith(usual) ? name.slice(usual.length) : null;
  return rest !== null && /^(?: \(\d+\))?$/.test(rest) ? rest : null;
}

/** A session's name on screen. */
export function sessionName(session: Pick<Session, 'name' | 'startedAtMs'>): string {
  const rest = afterDefaultName(session);
  return rest === null ? session.name : webcamName(session.startedAtMs) + rest;
}

function webcamName(startedAtMs: number): string {
  return t('Webcam, {moment}', { moment: formatMoment(startedAtMs) });
}

export function wordPeople(count: number): string {
  return t('{count, plural, =0 {nobody} one {# person} other {# people}}', { count });
}

const KINDS: Readonly<Record<Session['kind'], Phrase>> = { webcam: msg('Webcam'), video: msg('Video') };

/** One line about a session: "Video · 5 Jul 2026, 14:03 · 12 s · 2 people · 120 kB". */
export function describeSession(session: Session, people: number): string {
  const { kind, startedAtMs, durationMs, frames, bytes } = session;
  const when = formatMoment(startedAtMs);
  // A recording's default name already contains kind and time.
  const head = afterDefaultName(session) !== null ? [] : [t(KINDS[kind]), when];
  const seen = frames === 0 ? t('no frame was read') : wordPeople(people);
  return [...head, formatDuration(durationMs), seen, formatBytes(bytes)].join(' · ');
}

/** Space used by all sessions, and the browser's quota. */
export function describeUse(sessions: readonly Session[], use: Storage | null): string {
  const own = sessions.reduce((sum, { bytes }) => sum + bytes, 0);
  const sentences = [t('{count, plural, one {# session} other {# sessions}}, {size} of data.', { count: sessions.length, size: formatBytes(own) })];
  if (use) sentences.push(t('With videos and the offline copy of the app, {used} of {quota} are in use.', { used: formatBytes(use.usedBytes), quota: formatBytes(use.quotaBytes) }));
  if (use && !use.persisted) sentences.push(t('When this device runs out of space, the browser may clear it.'));
  return sentences.join(' ');
}
