import { MienError } from '../engine/errors';
import { animatedFormat } from './animated-picture';
import { readBytes } from './read-bytes';
import { foreignContainer } from './video-file/foreign-containers';
import type { VideoFileSource } from './video-file-source';

/**
 * Opens a video file by its content, not its name: MP4, MOV, WebM, MKV, MPEG-TS (MTS, M2TS), AVI, and pictures
 * that move (GIF, WebP, APNG, AVIF). The demuxer is fetched on the first call.
 *
 * @throws MienError of kind `video`.
 */
export async function openVideo(file: Blob): Promise<VideoFileSource> {
  if (file.size === 0) throw new MienError('video', 'empty');
  // Typed as always present, yet absent in older browsers and on insecure pages.
  if ((globalThis.VideoDecoder as typeof VideoDecoder | undefined) === undefined) throw new MienError('video', 'no-webcodecs');
  if (await isAvi(file)) {
    const { openAvi } = await import('./video-file/avi-source');
    return openAvi(file);
  }
  const animated = await animatedFormat(file);
  if (animated) {
    const { openAnimation } = await import('./video-file/animation-source');
    return openAnimation(file, animated);
  }
  const foreign = await foreignContainer(file);
  if (foreign) throw foreign.hasPicture ? new MienError('video', 'container-unsupported', foreign.name) : new MienError('video', 'no-picture', 'sound only');
  const { openContainer } = await import('./video-file/container-source');
  return openContainer(file);
}

async function isAvi(file: Blob): Promise<boolean> {
  const start = new TextDecoder('latin1').decode(await readBytes(file, 0, 12));
  return start.startsWith('RIFF') && start.endsWith('AVI ');
}
