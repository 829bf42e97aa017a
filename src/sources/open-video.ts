import { MienError } from '../engine/errors';
import { animatedFormat } from './animated-picture';
import { byteText } from './byte-text';
import { readImageHeader } from './image-header';
import { readBytes } from './read-bytes';
import { strangeFile } from './strange-file';
import { foreignContainer } from './video-file/foreign-containers';
import { recordingsIn } from './video-file/recordings';
import type { FileFacts, OpenOptions, VideoFileSource } from './video-file-source';

/** Number of bytes that suffices to recognise every kind of file. */
const START_BYTES = 16 << 10;

/**
 * Opens a video file by its content, not its name: MP4, MOV, WebM, MKV, MPEG-TS (MTS, M2TS), AVI, and animations (GIF, WebP, APNG,
 * AVIF). Joined recordings are read in sequence. The demuxer is fetched on the first call.
 *
 * @throws MienError of kind `video`.
 */
export async function openVideo(file: Blob, options: OpenOptions = {}): Promise<VideoFileSource> {
  if (file.size === 0) throw new MienError('video', 'empty');
  // Typed as always present, yet absent in older browsers and on insecure pages.
  if ((globalThis.VideoDecoder as typeof VideoDecoder | undefined) === undefined) throw new MienError('video', 'no-webcodecs');
  const facts = { name: file instanceof File ? file.name : '', bytes: file.size };
  const animated = await animatedFormat(file);
  if (animated) {
    const { openAnimation } = await import('./video-file/animation-source');
    return openAnimation(file, animated, facts);
  }
  await refuseStrange(file);
  const recordings = await recordingsIn(file);
  const [only] = recordings;
  if (only && recordings.length === 1) return openRecording(only, facts, options);
  const { openJoined } = await import('./video-file/joined-source');
  return openJoined(recordings, facts, async (recording) => {
    await refuseStrange(recording);
    return openRecording(recording, facts, options);
  });
}

async function openRecording(file: Blob, facts: FileFacts, options: OpenOptions): Promise<VideoFileSource> {
  if (await isAvi(file)) {
    const { openAvi } = await import('./video-file/avi-source');
    return openAvi(file, facts, options);
  }
  const { openContainer } = await import('./video-file/container-source');
  return openContainer(file, facts, options);
}

/** @throws MienError that names the file's actual kind, if known. */
async function refuseStrange(file: Blob): Promise<void> {
  const bytes = await readBytes(file, 0, START_BYTES);
  const strange = strangeFile(byteText(bytes));
  if (strange) throw new MienError('video', strange.reason, strange.detail);
  const foreign = await foreignContainer(file);
  if (foreign) throw foreign.hasPicture ? new MienError('video', 'container-unsupported', foreign.name) : new MienError('video', 'no-picture', 'sound only');
  if (readImageHeader(bytes)) throw new MienError('video', 'picture');
}

async function isAvi(file: Blob): Promise<boolean> {
  return /^RIFF[^]{4}AVI /.test(byteText(await readBytes(file, 0, 12)));
}
