import { listFiles, removeFile, type FilePlace } from '../../session/device-files';
import { holdLock, lockManager } from '../../session/held-lock';

const FOLDER = 'unsaved-videos';

/** A video's temporary file: deleted on release, or after its page is gone. */
export interface ClaimedFile {
  readonly place: FilePlace;
  release(): Promise<void>;
}

/** Claims a new file, and removes abandoned ones of earlier pages. */
export async function claimFile(extension: string): Promise<ClaimedFile> {
  const place = { folder: FOLDER, name: `${crypto.randomUUID()}.${extension}` };
  const unlock = await holdLock(lockOf(place.name));
  void removeAbandoned();
  return {
    place,
    release: async () => {
      await removeFile(place);
      unlock();
    },
  };
}

function lockOf(name: string): string {
  return `mien-video-${name}`;
}

async function removeAbandoned(): Promise<void> {
  for (const name of await listFiles(FOLDER)) {
    await lockManager()?.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (lock) await removeFile({ folder: FOLDER, name });
    });
  }
}
