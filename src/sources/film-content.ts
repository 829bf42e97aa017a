import { isAnimated } from './animated-picture';
import { readImageHeader } from './image-header';
import { readBytes } from './read-bytes';
import { foreignContainer } from './video-file/foreign-containers';

/** More than the distance of three packets of a transport stream. */
const START_BYTES = 64 << 10;
const SYNC = 0x47;
/** Distances of packets, and where the first sync byte stands. */
const TRANSPORT = [[188, 0], [192, 4], [204, 0]] as const;

/** Whether a file's content, not its name, is to be opened as a video: a picture that moves, or film or sound in any container. */
export async function isFilm(file: Blob): Promise<boolean> {
  const bytes = await readBytes(file, 0, START_BYTES);
  if (bytes.length > 0 && readImageHeader(bytes)) return isAnimated(file);
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  if (/^(?:\x1a\x45\xdf\xa3|RIFF[^]{4}AVI |[^]{4}(?:ftyp|styp|moov|mdat|moof))/.test(start)) return true;
  if (TRANSPORT.some(([size, lead]) => [0, 1, 2].every((packet) => bytes[lead + packet * size] === SYNC))) return true;
  return (await foreignContainer(file)) !== null;
}
