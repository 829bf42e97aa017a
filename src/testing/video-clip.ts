import type { VideoClip } from '../../scripts/drawn-faces/video-clips';

/** A drawn clip as a file; the test server renders it if missing. */
export async function videoClip(clip: VideoClip, name: string = clip): Promise<File> {
  const response = await fetch(`/clips/${clip}`);
  if (!response.ok) throw new Error(`the test server has no ${clip}`);
  return new File([await response.arrayBuffer()], name);
}
