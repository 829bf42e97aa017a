/** Formats a time since the start as hours, minutes, seconds and ms: 00:00:00.000. Hours may exceed 99. */
export function formatTimestamp(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const digits = (value: number, count: number) => String(value).padStart(count, '0');
  const [hours, minutes, seconds] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60, Math.floor(whole / 1000) % 60];
  return `${digits(hours, 2)}:${digits(minutes, 2)}:${digits(seconds, 2)}.${digits(whole % 1000, 3)}`;
}
