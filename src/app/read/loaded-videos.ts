import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import type { VideoSession } from '../video/video-session';

const loaded = new Store<VideoSession | null>(null);
const trouble = new Store<MienError | null>(null);

/** The page's video session; null until the first video loads its code. */
export const loadedVideos: Pick<typeof loaded, 'subscribe' | 'getSnapshot'> = loaded;

/** Error of loading the video code for the last videos; null if it succeeded. */
export const videoTrouble: Pick<typeof trouble, 'subscribe' | 'getSnapshot'> = trouble;

/** Adds files to the page's videos. Resolves to whether that succeeded; if not, `videoTrouble` has the error. */
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
