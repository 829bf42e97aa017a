import type { Size } from '../../engine/geometry';

/** Pixels of the first picture as it is decoded; null where the decoder gives none. */
export async function decodedSize(config: VideoDecoderConfig, data: AllowSharedBufferSource): Promise<Size | null> {
  // Not the sizes that are in doubt.
  const { codec, description } = config;
  let size: Size | null = null;
  const decoder = new VideoDecoder({
    output: (frame) => {
      const { visibleRect } = frame;
      if (visibleRect) size ??= { width: visibleRect.width, height: visibleRect.height };
      frame.close();
    },
    error: () => undefined,
  });
  try {
    decoder.configure({ codec, ...(description && { description }) });
    decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: 0, data }));
    await decoder.flush();
  } catch {
    // What reads the file meets the same error.
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  return size;
}
