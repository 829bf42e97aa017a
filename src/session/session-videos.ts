import { listFiles, readFile, removeFile, type FilePlace } from './device-files';

const FOLDER = 'session-videos';

/** Where the video of a session is kept. */
export function videoPlace(sessionId: string, format: string): FilePlace {
  return { folder: FOLDER, name: `${sessionId}.${format}` };
}

function sessionOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}

/** The video that was recorded with a session; null where there is none. Of a killed tab, as far as it got. */
export async function sessionVideo(sessionId: string): Promise<Blob | null> {
  const name = (await listFiles(FOLDER)).find((file) => sessionOf(file) === sessionId);
  if (name === undefined) return null;
  const file = await readFile({ folder: FOLDER, name });
  // A tab that was killed before the first pictures were written leaves an empty file.
  return file && file.size > 0 ? file.slice(0, file.size, `video/${name.slice(name.lastIndexOf('.') + 1)}`) : null;
}

/** Removes the videos of the sessions that `isGone` names; one that is still being written, the next time. */
export async function removeSessionVideos(isGone: (sessionId: string) => boolean): Promise<void> {
  const names = (await listFiles(FOLDER)).filter((name) => isGone(sessionOf(name)));
  await Promise.allSettled(names.map((name) => removeFile({ folder: FOLDER, name })));
}
