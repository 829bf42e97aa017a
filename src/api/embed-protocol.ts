import type { PlainError } from '../engine/errors';
import type { ModelIdentity } from '../engine/types';
import type { PhotoRecord } from '../export/photo-record';
import type { SessionFrameRecord } from '../export/frame-record';
import type { RecognizerHealth } from './recognizer-health';

/**
 * Protocol between the embedded page (`embed.html?origin=https://your.site`) and its host over `postMessage`. Every
 * message has the protocol version as `mien`; messages without it are ignored. The frame listens only to its parent,
 * and only on the origins named in its own URL.
 */
export const EMBED_PROTOCOL = 1;

/** Matches a request with its answers. Chosen by the host, unique among pending requests. */
export type EmbedId = string | number;

/** Bitmaps and buffers may be transferred; the frame then closes them. Strings must be `data:` URIs. */
export type EmbedImage = Blob | ArrayBuffer | ImageBitmap | ImageData | string;

interface Envelope<T extends string> {
  readonly mien: typeof EMBED_PROTOCOL;
  readonly type: T;
}

/** Messages from the host to the frame. */
export type EmbedRequest =
  /** Asks for the state, answered by `ready` or `loading`. The frame also sends `ready` unasked. */
  | Envelope<'hello'>
  | (Envelope<'health'> & { readonly id: EmbedId })
  /** Reads one picture. Up to 16 may be pending; further ones fail with `call/busy`. */
  | (Envelope<'detect'> & { readonly id: EmbedId; readonly image: EmbedImage; readonly file?: string })
  /** Opens the camera inside the frame, which needs `allow="camera"`. Answered by `tracking`, then by `frame`s. */
  | (Envelope<'track-start'> & { readonly id: EmbedId })
  /** Closes the camera. Answered by `track-ended` with the id of `track-start`. */
  | Envelope<'track-stop'>;

/** Messages from the frame to the host. */
export type EmbedAnswer =
  /** Decompressed bytes; the total is an estimate until the end. */
  | (Envelope<'loading'> & { readonly loadedBytes: number; readonly totalBytes: number })
  | (Envelope<'ready'> & { readonly version: string; readonly model: ModelIdentity })
  | (Envelope<'health'> & { readonly id: EmbedId; readonly health: RecognizerHealth })
  | (Envelope<'result'> & { readonly id: EmbedId; readonly result: PhotoRecord })
  /** The camera is open. Size in pixels as displayed. */
  | (Envelope<'tracking'> & { readonly id: EmbedId; readonly width: number; readonly height: number })
  | (Envelope<'frame'> & { readonly id: EmbedId; readonly result: SessionFrameRecord })
  /** Stopped by the host, by the person in front of the camera, or by a failure of camera or engine (with `error`). */
  | (Envelope<'track-ended'> & { readonly id: EmbedId; readonly by: 'host' | 'person' | 'failure'; readonly error?: EmbedError })
  /** The request with this id failed; null if the frame itself failed or the request had no id. */
  | (Envelope<'error'> & { readonly id: EmbedId | null; readonly error: EmbedError });

/** `message` combines kind, reason and detail in one line, for logs. */
export interface EmbedError extends Omit<PlainError, 'trace'> {
  readonly message: string;
}
