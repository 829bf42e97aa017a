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
