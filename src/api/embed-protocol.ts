import type { PlainError } from '../engine/errors';
import type { ModelIdentity } from '../engine/types';
import type { PhotoRecord } from '../export/photo-record';
import type { SessionFrameRecord } from '../export/frame-record';
import type { RecognizerHealth } from './recognizer-health';

/**
 * The embedded page (`embed.html?origin=https://your.site`) and the page around it talk by `postMessage`. Every
 * message carries the version of the protocol as `mien`; others are not for Mien and are left alone. The frame
 * listens to its parent on the origins that its address names, and answers to no other.
 */
export const EMBED_PROTOCOL = 1;

/** How a request and its answers find one another: the host's choice, unique among those under way. */
export type EmbedId = string | number;

/** Bitmaps and buffers may be transferred; the frame then closes them. A text is a `data:` URI. */
export type EmbedImage = Blob | ArrayBuffer | ImageBitmap | ImageData | string;

interface Envelope<T extends string> {
  readonly mien: typeof EMBED_PROTOCOL;
  readonly type: T;
}

/** Messages from the host to the frame. */
export type EmbedRequest =
  /** Asks how far the start is: `ready` or `loading`. The frame sends `ready` unasked too. */
  | Envelope<'hello'>
  | (Envelope<'health'> & { readonly id: EmbedId })
  /** Reads one picture. Up to 16 may wait; further ones are refused with `call/busy`. */
  | (Envelope<'detect'> & { readonly id: EmbedId; readonly image: EmbedImage; readonly file?: string })
  /** Opens the camera inside the frame, which needs `allow="camera"`. Answered by `tracking`, then by `frame`s. */
  | (Envelope<'track-start'> & { readonly id: EmbedId })
  /** Closes the camera. Answered by `track-ended`, with the id of the start. */
  | Envelope<'track-stop'>;

/** Messages from the frame to the host. */
export type EmbedAnswer =
  /** Bytes as unpacked; the total is an estimate until the end. */
  | (Envelope<'loading'> & { readonly loadedBytes: number; readonly totalBytes: number })
  | (Envelope<'ready'> & { readonly version: string; readonly model: ModelIdentity })
  | (Envelope<'health'> & { readonly id: EmbedId; readonly health: RecognizerHealth })
  | (Envelope<'result'> & { readonly id: EmbedId; readonly result: PhotoRecord })
  /** The camera is open. Pixels as displayed. */
  | (Envelope<'tracking'> & { readonly id: EmbedId; readonly width: number; readonly height: number })
  | (Envelope<'frame'> & { readonly id: EmbedId; readonly result: SessionFrameRecord })
  /** By the host, by the person in front of it, or because the camera or the computing failed: then with the error. */
  | (Envelope<'track-ended'> & { readonly id: EmbedId; readonly by: 'host' | 'person' | 'failure'; readonly error?: EmbedError })
  /** The request with this id failed; null: the frame itself did, or the request had no id. */
  | (Envelope<'error'> & { readonly id: EmbedId | null; readonly error: EmbedError });

/** `message` holds kind, reason and detail in one line, for logs. */
export interface EmbedError extends Omit<PlainError, 'trace'> {
  readonly message: string;
}
