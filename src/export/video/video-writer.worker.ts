import { expose } from 'comlink';
import { replyOf, type Reply } from '../../engine/reply';
import type { LiveFrame } from '../../engine/types';
import type { AudioOutcome } from './audio-copy';
import { DrawnVideo } from './drawn-video';
import type { EncodedVideoOptions } from './encoded-video';
import type { Drawing } from './frame-compositor';

let video: DrawnVideo | null = null;

function started(frame?: LiveFrame): DrawnVideo {
  if (video) return video;
  frame?.close();
  throw new Error('the video was not started');
}

/** What the worker offers over comlink, for one video in its life. */
const api = {
  start: (options: EncodedVideoOptions): Promise<Reply<AudioOutcome>> =>
    replyOf(async () => {
      video = await DrawnVideo.create(options);
      return video.file.audio;
    }),
  /** The frame is transferred in, and closed here. Calls must not overlap. */
  add: (frame: LiveFrame, timestampMs: number, drawing: Drawing): Promise<Reply<void>> =>
    replyOf(() => started(frame).add(frame, timestampMs, drawing)),
  finish: (): Promise<Reply<Blob>> => replyOf(() => started().file.finish()),
  cancel: (): Promise<Reply<void>> => replyOf(() => video?.file.cancel()),
};

export type VideoWriterApi = typeof api;

expose(api);
