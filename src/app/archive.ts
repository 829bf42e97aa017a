import { MienError } from '../engine/errors';
import type { SessionArchive } from '../session/session-archive';

let archive: Promise<SessionArchive> | null = null;

/**
 * The page's sessions on this device. Loads the archive's code on first use.
 *
 * @throws MienError of kind `storage`.
 */
export function pageArchive(): Promise<SessionArchive> {
  archive ??= import('../session/session-archive').then(
    ({ SessionArchive }) => new SessionArchive(),
    (error: unknown) => {
      // Lets the next call retry.
      archive = null;
      throw new MienError('storage', 'failed', String(error), error);
    },
  );
  return archive;
}
