import { listFiles, readFile, removeFile, type FilePlace } from './device-files';

const FOLDER = 'session-videos';

/** Location of a session's video. */
export function videoPlace(sessionId: string, format: string): FilePlace {
  return { folder: FOLDER, name: `${sessionId}.${format}` };
}

function sessionOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}

/** Video recorded with a session; null if none. After a killed tab, up to where it was written. */
export async function sessionVideo(sessionId: string): Promise<Blob | null> {
  const name = (await listFiles(FOLDER)).find((file) => sessionOf(file) === sessionId);
  if (name === undefined) return null;
  const file = await readFile({ folder: FOLDER, name });
  // A tab killed before the first pictures were written leaves an empty file.
  return file && file.size > 0 ? file.slice(0, file.size, `video/${name.slice(name.lastIndexOf('.') + 1)}`) : null;
}

/** Deletes the videos of sessions selected by `isGone`; a video still being written is deleted the next time. */
export async function removeSessionVideos(isGone: (sessionId: string) => boolean): Promise<void> {
  const names = (await listFiles(FOLDER)).filter((name) => isGone(sessionOf(name)));
  await Promise.allSettled(names.map((name) => removeFile({ folder: FOLDER, name })));
}
