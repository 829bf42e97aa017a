import { MienError } from '../engine/errors';

/** Bytes of a file; fewer where it ends. @throws MienError `video/unreadable` */
export async function readBytes(file: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (error) {
    throw new MienError('video', 'unreadable', '', error);
  }
}
