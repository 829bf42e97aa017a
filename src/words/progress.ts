interface Counts {
  readonly total: number;
  /** Read, failed or cancelled. */
  readonly ended: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Progress of a batch in words. Photos that failed or were cancelled never count as read. */
export function wordProgress({ total, ended, failed, cancelled }: Counts): string {
  const parts = [`${ended - failed - cancelled} of ${total} read`];
  if (failed > 0) parts.push(`${failed} could not be read`);
  if (cancelled > 0) parts.push(`${cancelled} cancelled`);
  return parts.join(', ');
}

/** Files of a folder that are neither photos nor videos, in one line. */
export function wordPassedOver(names: readonly string[]): string {
  const [first = ''] = names;
  if (names.length === 1) return `Passed over, neither photo nor video: ${first}.`;
  if (names.length === 2) return `Passed over, neither photos nor videos: ${first} and 1 other.`;
  return `Passed over, neither photos nor videos: ${first} and ${names.length - 1} others.`;
}
