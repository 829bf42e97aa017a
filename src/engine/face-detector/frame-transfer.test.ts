import { describe, expect, it } from 'vitest';
import { createFrameTransfer } from './frame-transfer';

const TEXTURE_2D = 0x0de1;
const RGBA = 0x1908;
const UNSIGNED_BYTE = 0x1401;

function picture(width: number, height: number): ImageData {
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => i + 1);
  return { width, height, data, colorSpace: 'srgb' };
}

/** The calls, by name and shape, that MediaPipe's WebAssembly makes for one picture. */
function pass(given: ImageData, width: number, height: number, format = RGBA): Uint8Array {
  const gl = createFrameTransfer().getContext('webgl2') as unknown as {
    texImage2D(...call: unknown[]): void;
    readPixels(...call: unknown[]): void;
  };
  gl.texImage2D(TEXTURE_2D, 0, RGBA, RGBA, UNSIGNED_BYTE, given);
  const memory = new Uint8Array(40);
  gl.readPixels(0, 0, width, height, format, UNSIGNED_BYTE, memory, 4);
  return memory;
}

describe('createFrameTransfer', () => {
  it('returns the picture row by row, from the top', () => {
    const memory = pass(picture(3, 2), 3, 2);
    expect([...memory.subarray(4, 28)]).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    expect([...memory.subarray(0, 4), ...memory.subarray(28)].every((byte) => byte === 0)).toBe(true);
  });

  it('throws on requests for anything but the picture', () => {
    expect(() => pass(picture(3, 2), 2, 2)).toThrow(/unknown way/);
    expect(() => pass(picture(3, 2), 3, 2, RGBA + 1)).toThrow(/unknown way/);
  });
});
