import { MienError } from '../engine/errors';

/**
 * Loads what decodes picture files, with the first of them: programs that pass canvases or a camera do without.
 *
 * @throws `engine/assets-not-found`.
 */
export function pictureOpener(): Promise<typeof import('../sources/image-file-source')> {
  return import('../sources/image-file-source').catch((error: unknown) => {
    throw new MienError('engine', 'assets-not-found', 'the decoder of picture files', error);
  });
}
