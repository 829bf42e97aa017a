/**
 * A supported decoder configuration for a track: the file's own, or one with a usual form of its codec string. Encoders write levels
 * that browsers refuse though the pictures are ordinary; Chrome's own VP9 recordings have level 0.
 *
 * @returns null if no form is supported.
 */
export async function supportedConfig(config: VideoDecoderConfig): Promise<VideoDecoderConfig | null> {
  for (const codec of [config.codec, ...usualForms(config.codec)]) {
    const candidate = { ...config, codec };
    // Rejects a string that it cannot parse.
    const answer = await VideoDecoder.isConfigSupported(candidate).catch(() => null);
    if (answer?.supported === true) return candidate;
  }
  return null;
}

/** Codec strings for the same profile and bit depth with levels that browsers know, likeliest first. */
export function usualForms(codec: string): string[] {
  const [kind = '', ...parts] = codec.split('.');
  switch (kind) {
    case 'vp09': {
      const [profile = '00', , depth = '08'] = parts;
      return ['10', '31', '41', '51', '62'].map((level) => `vp09.${profile}.${level}.${depth}`);
    }
    case 'avc1':
    case 'avc3': {
      const profile = (parts[0] ?? '').slice(0, 2) || '64';
      return ['1f', '28', '33', '3e'].map((level) => `avc1.${profile}00${level}`);
    }
    case 'hev1':
    case 'hvc1': {
      const [profile = '1', compatibility = '6'] = parts;
      return ['L93', 'L120', 'L153', 'L186'].flatMap((level) => ['hvc1', 'hev1'].map((form) => `${form}.${profile}.${compatibility}.${level}.B0`));
    }
    case 'av01': {
      const [profile = '0', , depth = '08'] = parts;
      return ['04M', '08M', '12M', '16M'].map((level) => `av01.${profile}.${level}.${depth}`);
    }
    default:
      return [];
  }
}

/** Bytes of a decoder's description. */
export function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
}
