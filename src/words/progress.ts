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
