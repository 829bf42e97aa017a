import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import type { VideoSession } from '../video/video-session';

const loaded = new Store<VideoSession | null>(null);
const trouble = new Store<MienError | null>(null);

/** The page's video session; null until a first video is opened, since its code is fetched only then. */
export const loadedVideos: Pick<typeof loaded, 'subscribe' | 'getSnapshot'> = loaded;

/** Why the last videos could not be opened: their code was not fetched. Null: it was. */
export const videoTrouble: Pick<typeof trouble, 'subscribe' | 'getSnapshot'> = trouble;

/** Adds files to the page's videos. Resolves to whether that worked; where not, `videoTrouble` says why. */
export async function openVideos(files: readonly File[]): Promise<boolean> {
  trouble.set(null);
  try {
    const { videoSession } = await import('../video/video-session');
    const session = videoSession();
    loaded.set(session);
    session.dispatch({ type: 'add', files });
    return true;
  } catch (cause) {
    trouble.set(new MienError('model', 'network', 'video session', cause));
    return false;
  }
}
