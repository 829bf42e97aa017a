import type { Size } from '../../src/engine/geometry';

export interface MotionJpegOptions {
  readonly size: Size;
  readonly framesPerSecond: number;
  /** Leaves the frame counts in the header at zero, as in a truncated recording. */
  readonly uncounted?: boolean;
  /** Four characters. Default: `MJPG`. */
  readonly fourcc?: string;
}

/** Writes JPEGs as an AVI file with one Motion JPEG stream; an empty picture repeats the previous one. */
export function writeMotionJpeg(pictures: readonly Uint8Array[], options: MotionJpegOptions): Buffer {
  const { size, framesPerSecond, uncounted = false, fourcc = 'MJPG' } = options;
  const count = uncounted ? 0 : pictures.length;
  const avih = uint32s(1e6 / framesPerSecond, 0, 0, 0, count, 0, 1, 0, size.width, size.height, 0, 0, 0, 0);
  const strh = Buffer.concat([Buffer.from(`vids${fourcc}`), uint32s(0, 0, 0, 1, framesPerSecond, 0, count, 0, 0xffffffff, 0, 0, 0)]);
  const strf = Buffer.concat([uint32s(40, size.width, size.height, 1 | (24 << 16)), Buffer.from(fourcc), uint32s(0, 0, 0, 0, 0)]);
  const frames = pictures.map((picture) => chunk('00dc', picture));
  return list('RIFF', 'AVI ', [
    list('LIST', 'hdrl', [chunk('avih', avih), list('LIST', 'strl', [chunk('strh', strh), chunk('strf', strf)])]),
    list('LIST', 'INFO', [chunk('ISFT', Buffer.from('drawn'))]),
    list('LIST', 'movi', frames),
  ]);
}

function uint32s(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32LE(value, i * 4));
  return bytes;
}

/** Chunks are padded to even lengths. */
function chunk(id: string, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(id), uint32s(content.length), content, Buffer.alloc(content.length % 2)]);
}

function list(id: string, type: string, chunks: readonly Buffer[]): Buffer {
  return chunk(id, Buffer.concat([Buffer.from(type), ...chunks]));
}
