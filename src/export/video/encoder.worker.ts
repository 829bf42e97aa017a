import { expose } from 'comlink';
import { replyOf, type Reply } from '../../engine/reply';
import type { LiveFrame } from '../../engine/types';
import type { OverlayOptions } from '../overlay-painter';
import type { AudioOutcome } from './audio-copy';
import { OverlayEncoder } from './overlay-encoder';
import type { FileEncoderOptions } from './file-encoder';
import type { FaceReading } from './face-readings';
import type { Drawing } from './frame-compositor';
import { holdForever } from '../../workers/hold-lock';
import { setLanguage, type Language } from '../../words/i18n';
import { LiveRecorder } from './live-recorder';
import type { RecordingLook } from './recording-options';

let video: OverlayEncoder | null = null;
let live: LiveRecorder | null = null;

/** Asserts that the video was started, and closes the call's frame if not. */
function started<T>(what: T | null, frame?: LiveFrame): T {
  if (what) return what;
  frame?.close();
  throw new Error('the video was not started');
}

/** The worker's comlink API for a single video. Frames are transferred in and closed here. */
const api = {
  holdLock: (name: string): Promise<Reply<null>> => replyOf(() => holdForever(name).then(() => null)),
  /** @param language the page's, for the labels. */
  start: (language: Language, options: FileEncoderOptions): Promise<Reply<AudioOutcome>> =>
    replyOf(async () => {
      setLanguage(language);
      video = await OverlayEncoder.create(options);
      return video.file.audio;
    }),
  startLive: (language: Language, options: FileEncoderOptions, look: RecordingLook, overlay: OverlayOptions): Promise<Reply<void>> =>
    replyOf(async () => {
      setLanguage(language);
      video = await OverlayEncoder.create(options);
      live = new LiveRecorder(video, options.size, look, overlay);
    }),
  /** Calls must not overlap. */
  add: (frame: LiveFrame, timestampMs: number, drawing: Drawing): Promise<Reply<void>> =>
    replyOf(() => started(video, frame).add(frame, timestampMs, drawing)),
  push: (frame: LiveFrame, timestampMs: number): Promise<Reply<boolean>> =>
    replyOf(() => started(live, frame).push(frame, timestampMs)),
  read: (reading: FaceReading): Promise<Reply<void>> => replyOf(() => started(live).read(reading)),
  finish: (): Promise<Reply<Blob>> =>
    replyOf(async () => {
      await live?.finish();
      return started(video).file.finish();
    }),
  cancel: (): Promise<Reply<void>> => replyOf(() => video?.file.cancel()),
};

export type EncoderWorkerApi = typeof api;

expose(api);
