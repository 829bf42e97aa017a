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

/** Files of a folder that are of another kind, in one line. */
export function wordPassedOver(names: readonly string[], kind: 'photo' | 'video'): string {
  const [first = ''] = names;
  const others = names.length === 1 ? '' : names.length === 2 ? ' and 1 other' : ` and ${names.length - 1} others`;
  return `Passed over, no ${kind}${names.length === 1 ? '' : 's'}: ${first}${others}.`;
}
