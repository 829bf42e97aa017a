import type { Size } from '../../engine/geometry';

/** Size in pixels of the first picture as decoded; null if the decoder returns none. */
export async function decodedSize(config: VideoDecoderConfig, data: AllowSharedBufferSource): Promise<Size | null> {
  // Leave out the stated sizes, which may be wrong.
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
    // Reading the file reports the same error.
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  return size;
}
