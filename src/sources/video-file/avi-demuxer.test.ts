import { describe, expect, it } from 'vitest';
import { writeMotionJpeg } from '../../../scripts/drawn-faces/motion-jpeg';
import { readAviFrames, readAviHeaders } from './avi-demuxer';
import { FileWindow } from './file-window';

const SIZE = { width: 64, height: 48 };
/** Arbitrary bytes, which the demuxer does not examine. Lengths odd, even and zero. */
const FRAMES = [3, 8, 0, 5, 1_200_000].map((length, i) => new Uint8Array(length).fill(i + 1));

function fileOf(bytes: Uint8Array): FileWindow {
  return new FileWindow(new Blob([Uint8Array.from(bytes)]));
}

async function framesOf(bytes: Uint8Array): Promise<number[]> {
  const file = fileOf(bytes);
  return (await readAviFrames(file, (await readAviHeaders(file))[0])).map((frame) => frame.bytes);
}

const avi = (options: Partial<Parameters<typeof writeMotionJpeg>[1]> = {}) =>
  writeMotionJpeg(FRAMES, { size: SIZE, framesPerSecond: 25, ...options });

describe('readAviHeaders', () => {
  it('reads codec, size, rate and count of the video streams', async () => {
    const header = (await readAviHeaders(fileOf(avi())))[0];
    expect(header).toMatchObject({ fourcc: 'MJPG', ...SIZE, frameRate: 25, frameCount: 5, stream: 0 });
  });

  it('finds the video stream after an audio stream, and reports audio alone as having no picture', async () => {
    const bytes = avi();
    const sound = Buffer.from(bytes);
    sound.write('auds', bytes.indexOf('vids'));
    await expect(readAviHeaders(fileOf(sound))).rejects.toMatchObject({ kind: 'video', reason: 'no-picture' });

    const strl = bytes.subarray(bytes.indexOf('strl') - 8, bytes.indexOf('INFO') - 8);
    const second = Buffer.concat([sound.subarray(0, bytes.indexOf('INFO') - 8), strl, bytes.subarray(bytes.indexOf('INFO') - 8)]);
    expect(await readAviHeaders(fileOf(second))).toMatchObject([{ stream: 1, fourcc: 'MJPG' }]);

    const two = Buffer.concat([bytes.subarray(0, bytes.indexOf('INFO') - 8), strl, bytes.subarray(bytes.indexOf('INFO') - 8)]);
    expect(await readAviHeaders(fileOf(two))).toMatchObject([{ stream: 0 }, { stream: 1 }]);
  });

  it('reports damage wherever the header is cut off', async () => {
    const bytes = avi();
    const end = bytes.indexOf('movi');
    for (let length = 12; length < end; length += 7) {
      const cut = readAviHeaders(fileOf(bytes.subarray(0, length)));
      await expect(cut, `at ${length}`).rejects.toSatisfy((e) => e instanceof RangeError || (e as { reason: string }).reason === 'damaged');
    }
  });

  it('reads a thousand frames per second, as high-speed cameras record', async () => {
    expect((await readAviHeaders(fileOf(avi({ framesPerSecond: 1000 }))))[0].frameRate).toBe(1000);
  });

  it.each([0, 0xffffffff])('refuses a frame rate of 1 / %i', async (scale) => {
    const bytes = avi();
    bytes.writeUInt32LE(scale === 0 ? 0 : 1, bytes.indexOf('strh') + 8 + 20);
    bytes.writeUInt32LE(scale, bytes.indexOf('strh') + 8 + 24);
    await expect(readAviHeaders(fileOf(bytes))).rejects.toMatchObject({ reason: 'damaged' });
  });
});

describe('readAviFrames', () => {
  it('returns every frame in order, including frames larger than its window and empty ones', async () => {
    expect(await framesOf(avi())).toEqual(FRAMES.map((f) => f.length));
  });

  it('returns offsets of the frame data', async () => {
    const bytes = avi();
    const file = fileOf(bytes);
    let number = 0;
    for (const { start, bytes: length } of await readAviFrames(file, (await readAviHeaders(file))[0])) {
      number++;
      expect(bytes.subarray(start, start + length).every((byte) => byte === number)).toBe(true);
    }
    expect(number).toBe(5);
  });

  it('reads a truncated recording, whose lists have no length', async () => {
    const bytes = avi({ uncounted: true });
    bytes.writeUInt32LE(0, 4);
    bytes.writeUInt32LE(0, bytes.indexOf('movi') - 4);
    expect(await framesOf(bytes.subarray(0, bytes.length - 100))).toEqual([3, 8, 0, 5]);
  });

  it('continues in the further parts of a file above 1 GB (OpenDML)', async () => {
    const bytes = avi();
    const movi = bytes.subarray(bytes.indexOf('movi') - 8);
    const next = Buffer.concat([Buffer.from('RIFF\0\0\0\0AVIX'), movi]);
    expect(await framesOf(Buffer.concat([bytes, next]))).toHaveLength(10);
  });

  it('enters groups of chunks and skips other streams and indexes', async () => {
    const bytes = avi();
    const at = bytes.indexOf('movi') + 4;
    const others = Buffer.concat([Buffer.from('LIST\x30\0\0\0rec '), Buffer.from('01wb\x03\0\0\0abc\0'), Buffer.from('ix00\x04\0\0\0abcd')]);
    expect(await framesOf(Buffer.concat([bytes.subarray(0, at), others, bytes.subarray(at)]))).toHaveLength(5);
  });

  describe('a file damaged in its middle', () => {
    const even = Array.from({ length: 12 }, (_, i) => new Uint8Array(100).fill(200 + i));
    const whole = writeMotionJpeg(even, { size: SIZE, framesPerSecond: 25 });
    const place = (number: number) => whole.indexOf('movi') + 4 + 108 * number;
    /** Frames found, and the number lost before each. */
    const found = async (bytes: Uint8Array) => {
      const file = fileOf(bytes);
      const frames = await readAviFrames(file, (await readAviHeaders(file))[0]);
      return frames.map(({ start, lostBefore }) => `${(bytes[start] ?? 0) - 200}${'-'.repeat(lostBefore)}`).join(' ');
    };

    it('resumes after overwritten bytes, and counts the lost frames', async () => {
      for (const value of [0, 0xff]) expect(await found(Buffer.from(whole).fill(value, place(3), place(5) + 50))).toBe('0 1 2 6--- 7 8 9 10 11');
    });

    it('resumes after missing bytes, even inside a truncated frame', async () => {
      expect(await found(Buffer.concat([whole.subarray(0, place(3) + 60), whole.subarray(place(6) - 30)]))).toBe('0 1 2 6--- 7 8 9 10 11');
      expect(await found(Buffer.concat([whole.subarray(0, place(3) + 60), whole.subarray(place(4))]))).toBe('0 1 2 4- 5 6 7 8 9 10 11');
    });

    it('resumes after a frame of an impossible length', async () => {
      const bytes = Buffer.from(whole);
      bytes.writeUInt32LE(0x7fffffff, place(4) + 4);
      expect(await found(bytes)).toBe('0 1 2 3 5- 6 7 8 9 10 11');
    });

    it('estimates the lost frames if the header counts impossibly many', async () => {
      const bytes = Buffer.from(whole).fill(0, place(3), place(5));
      bytes.writeUInt32LE(0xffffffff, whole.indexOf('strh') + 8 + 32);
      expect(await found(bytes)).toBe('0 1 2 5-- 6 7 8 9 10 11');
    });

    it('estimates the lost frames if the end is missing too', async () => {
      const bytes = Buffer.from(whole).fill(0, place(3), place(5));
      expect(await found(bytes.subarray(0, place(9) + 20))).toBe('0 1 2 5-- 6 7 8');
    });
  });
});
