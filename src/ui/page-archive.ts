import type { SessionArchive } from '../session/session-archive';

let archive: Promise<SessionArchive> | null = null;

/** The page's sessions on this device; what reads them is fetched when it is first needed. */
export function pageArchive(): Promise<SessionArchive> {
  archive ??= import('../session/session-archive').then(
    ({ SessionArchive }) => new SessionArchive(),
    (error: unknown) => {
      // The next call fetches again.
      archive = null;
      throw error;
    },
  );
  return archive;
}
