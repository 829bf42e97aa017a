import type { VideoInfo } from './video-file-source';
import { recordingsIn } from './video-file/recordings';

const SALVAGED: ReadonlySet<VideoInfo['container']> = new Set(['mp4', 'mov', 'webm', 'mkv']);

/**
 * The file as its video is read: without damage and bytes before the film; in two parts where the demuxer would return only the first.
 *
 * @throws MienError as `openVideo`.
 */
export async function soundParts(file: Blob, { container }: Pick<VideoInfo, 'container'>): Promise<readonly Blob[]> {
  if (!SALVAGED.has(container)) return [file];
  const { salvage } = await import('./video-file/salvage');
  const [recording = file] = await recordingsIn(file);
  const { file: salvaged, fragments } = await salvage(recording);
  return fragments ? [salvaged, fragments] : [salvaged];
}
