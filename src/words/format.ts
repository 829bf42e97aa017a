/** A share (0–1) as people read it: whole per cent, and never a false 0 or 100. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return '<1%';
  if (share < 1 && share > 0.99) return '>99%';
  return `${Math.round(share * 100)}%`;
}

/** A time since the start as hours, minutes, seconds and ms: 00:00:00.000. Hours go on beyond 99. */
export function formatTimestamp(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const digits = (value: number, count: number) => String(value).padStart(count, '0');
  const [hours, minutes, seconds] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60, Math.floor(whole / 1000) % 60];
  return `${digits(hours, 2)}:${digits(minutes, 2)}:${digits(seconds, 2)}.${digits(whole % 1000, 3)}`;
}

/** Bytes as people read them, in decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const kilobytes = bytes / 1000;
  if (kilobytes < 1000) return `${Math.round(kilobytes)} kB`;
  return kilobytes < 1_000_000 ? `${(kilobytes / 1000).toFixed(1)} MB` : `${(kilobytes / 1_000_000).toFixed(1)} GB`;
}

/** A whole number with thousands separators. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-GB');
}

/** A measured share (0–1) with so many decimals. */
export function formatPercent(share: number, decimals: number): string {
  return `${(share * 100).toFixed(decimals)}%`;
}

/**
 * A time in a clip: 0:05, 1:02:03.
 *
 * @param decimals of the seconds, which are cut off, not rounded: a clock never runs ahead.
 */
export function formatClock(ms: number, decimals: 0 | 1 | 2 = 0): string {
  const unit = 10 ** (3 - decimals);
  // Times such as 4.2 s are a little less in binary.
  const whole = Math.floor(Math.max(0, ms) / unit + 1e-6) * unit;
  const seconds = Math.floor(whole / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const fraction = decimals === 0 ? '' : `.${String(whole % 1000).padStart(3, '0').slice(0, decimals)}`;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}${fraction}`;
}

/** A day and a time of day, as this device writes them. */
export function formatMoment(msSince1970: number): string {
  return new Date(msSince1970).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** A stretch of time in words: "8 s", "3 min", "1 h 20 min"; never less than a second. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
