import type { VideoInfo } from './video-file-source';
import { recordingsIn } from './video-file/recordings';

const SALVAGED: ReadonlySet<VideoInfo['container']> = new Set(['mp4', 'mov', 'webm', 'mkv']);

/** Sound that is not copied. `joined`: it is spread over several recordings. `spliced`: an edit list divides it into pieces. */
export type DividedSound = 'joined' | 'spliced';

/**
 * The file as its video is read: without damage and bytes before the film; in two parts where the demuxer would return only the first.
 *
 * @throws MienError as `openVideo`.
 */
export async function soundParts(file: Blob, { container, recordings, isSpliced = false }: Pick<VideoInfo, 'container' | 'recordings' | 'isSpliced'>): Promise<readonly Blob[] | DividedSound> {
  if (recordings > 1) return 'joined';
  if (isSpliced) return 'spliced';
  if (!SALVAGED.has(container)) return [file];
  const { salvage } = await import('./video-file/salvage');
  const [recording = file] = await recordingsIn(file);
  const { file: salvaged, fragments } = await salvage(recording);
  return fragments ? [salvaged, fragments] : [salvaged];
}
