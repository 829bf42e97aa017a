import { isAnimated } from './animated-picture';
import { byteText } from './byte-text';
import { readImageHeader } from './image-header';
import { readBytes } from './read-bytes';
import { strangeFile } from './strange-file';
import { filmStart } from './video-file/film-start';
import { foreignContainer } from './video-file/foreign-containers';

/** Longer than a leftover download header, and than five packets of a transport stream. */
const START_BYTES = 64 << 10;

/** `film`: opened as a video, i.e. an animation, or video or audio in any container. `picture`: a still one. */
export type FileContent = 'film' | 'picture' | 'resource-fork' | 'unknown';

/** Kind of a file by its content, not its name. */
export async function fileContent(file: Blob): Promise<FileContent> {
  const bytes = await readBytes(file, 0, START_BYTES);
  const isForeign = (await foreignContainer(file, bytes)) !== null;
  if (!isForeign && bytes.length > 0 && readImageHeader(bytes)) return (await isAnimated(file, bytes)) ? 'film' : 'picture';
  const start = byteText(bytes);
  const strange = strangeFile(start);
  if (strange) return strange.reason === 'resource-fork' ? strange.reason : 'unknown';
  return isForeign || filmStart(start) >= 0 ? 'film' : 'unknown';
}
