import { Store } from '../../engine/store';
import type { VideoSession } from '../video/video-session';

const loaded = new Store<VideoSession | null>(null);

/** The page's video session; null until a first video is opened, since its code is fetched only then. */
export const loadedVideos: Pick<typeof loaded, 'subscribe' | 'getSnapshot'> = loaded;

/** Rejects where its code cannot be fetched. */
export async function loadVideos(): Promise<VideoSession> {
  const { videoSession } = await import('../video/video-session');
  const session = videoSession();
  loaded.set(session);
  return session;
}
