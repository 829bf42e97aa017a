import type { Page } from '@playwright/test';
import type { Scene } from '../../scripts/drawn-faces/scenes';
import { file, type TestFile } from './pictures';

/** AV1 Main profile, level 3.0, 8 bits: up to 665,856 pixels. */
const CODEC = 'av01.0.04M.08';
/** The same as an `AV1CodecConfigurationRecord` (AV1-ISOBMFF 2.3.3): 4:2:0, position of chroma unknown. */
const CONFIGURATION = Buffer.from([0x81, 0x04, 0x0c, 0x00]);

/**
 * The scene as an AVIF picture. Chromium's canvas does not write AVIF, but its video encoder gives the one AV1
 * frame that such a picture consists of; the boxes around it (ISO/IEC 23008-12) are written here.
 */
export async function avifOf(page: Page, scene: Scene, name: string): Promise<TestFile> {
  const { width, height } = scene.size;
  const frame = await av1KeyFrame(page, scene);
  const fileType = box('ftyp', 'avif', u32(0), 'avifmif1miaf');
  const metaOf = (offset: number) =>
    fullBox('meta', 0,
      fullBox('hdlr', 0, u32(0), 'pict', Buffer.alloc(13)),
      fullBox('pitm', 0, u16(1)),
      // One extent, with an offset and a length of four bytes each.
      fullBox('iloc', 0, u16(0x4400), u16(1), u16(1), u16(0), u16(1), u32(offset), u32(frame.length)),
      fullBox('iinf', 0, u16(1), fullBox('infe', 2, u16(1), u16(0), 'av01', '\0')),
      box('iprp',
        box('ipco',
          fullBox('ispe', 0, u32(width), u32(height)),
          fullBox('pixi', 0, Buffer.from([3, 8, 8, 8])),
          box('av1C', CONFIGURATION),
        ),
        // All three belong to the one item; a decoder must know the last.
        fullBox('ipma', 0, u32(1), u16(1), Buffer.from([3, 1, 2, 0x83])),
      ),
    );
  const dataAt = fileType.length + metaOf(0).length + 8;
  return file(name, 'image/avif', Buffer.concat([fileType, metaOf(dataAt), box('mdat', frame)]));
}

/** One key frame without the delimiter that a stream would start it with. */
async function av1KeyFrame(page: Page, { svg, size }: Scene): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([text, width, height, codec]) => {
      const picture = new Image();
      picture.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
      await picture.decode();
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
      const chunks: EncodedVideoChunk[] = [];
      const encoder = new VideoEncoder({
        output: (chunk) => chunks.push(chunk),
        error: (error) => {
          throw error;
        },
      });
      encoder.configure({ codec, width, height, bitrate: 2_000_000 });
      const frame = new VideoFrame(canvas, { timestamp: 0 });
      encoder.encode(frame, { keyFrame: true });
      frame.close();
      await encoder.flush();
      encoder.close();
      const bytes = new Uint8Array(chunks[0]?.byteLength ?? 0);
      chunks[0]?.copyTo(bytes);
      return btoa(String.fromCharCode(...bytes));
    },
    [svg, size.width, size.height, CODEC] as const,
  );
  const frame = Buffer.from(base64, 'base64');
  const DELIMITER = 0x12;
  return frame[0] === DELIMITER ? frame.subarray(2) : frame;
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function box(type: string, ...content: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  return Buffer.concat([u32(8 + body.length), Buffer.from(type, 'latin1'), body]);
}

/** A box with a version, and with flags that are all unset. */
function fullBox(type: string, version: number, ...content: readonly (Buffer | string)[]): Buffer {
  return box(type, Buffer.from([version, 0, 0, 0]), ...content);
}
