import { EMBED_PROTOCOL, type EmbedId, type EmbedImage, type EmbedRequest } from '../api/embed-protocol';
import { MienError } from '../engine/errors';

/** A message for the frame that is malformed. */
export interface BadRequest {
  readonly type: 'bad';
  readonly id: EmbedId | null;
  readonly error: MienError;
}

/** Parses a message; null if it is not meant for Mien. */
export function readRequest(data: unknown): EmbedRequest | BadRequest | null {
  if (typeof data !== 'object' || data === null || !('mien' in data)) return null;
  const message = data as Readonly<Record<string, unknown>>;
  const { mien, type, image, file } = message;
  const id = typeof message['id'] === 'string' || typeof message['id'] === 'number' ? message['id'] : null;
  const bad = (error: MienError): BadRequest => ({ type: 'bad', id, error });
  if (mien !== EMBED_PROTOCOL) {
    return bad(new MienError('call', 'out-of-range', `protocol ${String(mien)}; this frame speaks ${EMBED_PROTOCOL}`));
  }
  if (type === 'hello' || type === 'track-stop') return { mien, type };
  if (type !== 'health' && type !== 'detect' && type !== 'track-start') {
    return bad(new MienError('call', 'out-of-range', `type: ${String(type)}`));
  }
  if (id === null) return bad(new MienError('call', 'wrong-type', 'id: a text or a number was expected'));
  if (type !== 'detect') return { mien, type, id };
  // Whether it is a picture is checked when it is opened.
  return { mien, type, id, image: image as EmbedImage, ...(typeof file === 'string' && { file }) };
}
