import type { QueueProgress } from './photo-queue';

/** How far a batch is: what was read, and what was not, which is never counted as read. */
export function wordProgress({ total, ended, failed, cancelled }: QueueProgress): string {
  const parts = [`${ended - failed - cancelled} of ${total} read`];
  if (failed > 0) parts.push(`${failed} could not be read`);
  if (cancelled > 0) parts.push(`${cancelled} cancelled`);
  return parts.join(', ');
}
