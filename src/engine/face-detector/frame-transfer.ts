/**
 * MediaPipe's CPU detector takes pictures only as WebGL textures, which it reads back at once. This stands in for its WebGL
 * context: `texImage2D` keeps the picture, `readPixels` returns it. So no GPU is needed or waited for, and no context can be
 * lost.
 */

/** The few WebGL constants in use. */
const GL = { MAX_VERTEX_ATTRIBS: 0x8869, VERSION: 0x1f02, RGBA: 0x1908, UNSIGNED_BYTE: 0x1401 } as const;

class FrameTransfer {
  private picture: ImageData | null = null;

  texImage2D(...call: [target: number, level: number, internal: number, format: number, type: number, picture: ImageData]): void {
    this.picture = call[5];
  }

  readPixels(...call: [number, number, number, number, number, number, Uint8Array, number]): void {
    const [x, y, width, height, format, type, memory, offset] = call;
    const { picture } = this;
    const whole = picture && x === 0 && y === 0 && width === picture.width && height === picture.height;
    if (!whole || format !== GL.RGBA || type !== GL.UNSIGNED_BYTE) throw new Error('pixels asked for in an unknown way');
    memory.set(picture.data, offset);
  }

  getParameter(name: number): number | string {
    if (name === GL.MAX_VERTEX_ATTRIBS) return 16;
    // Names must not be empty: MediaPipe takes that for an error.
    return name === GL.VERSION ? 'WebGL 2.0' : 'none';
  }

  getContextAttributes = (): object => ({});
  getSupportedExtensions = (): string[] => [];
  getExtension = (): null => null;
  getError = (): number => 0;
  isContextLost = (): boolean => false;

  createTexture = (): object => ({});
  createFramebuffer = (): object => ({});
  fenceSync = (): object => ({});
  activeTexture = ignore;
  bindTexture = ignore;
  texParameteri = ignore;
  pixelStorei = ignore;
  bindFramebuffer = ignore;
  framebufferTexture2D = ignore;
  deleteFramebuffer = ignore;
  deleteTexture = ignore;
  deleteSync = ignore;
  flush = ignore;
  finish = ignore;
}

function ignore(): void {
  // No-op: there is no GPU.
}

/** Canvas to pass to MediaPipe. Its pictures must then be `ImageData`. */
export function createFrameTransfer(): OffscreenCanvas {
  const passage = new FrameTransfer();
  const getContext = (): FrameTransfer => passage;
  // The second name is Emscripten's mark that it need not wrap `getContext` for Safari's sake.
  const canvas = { width: 1, height: 1, getContext, getContextSafariWebGL2Fixed: getContext };
  return canvas as unknown as OffscreenCanvas;
}
