import { log } from '../../engine/log';
import type { FrameResult } from '../../engine/types';
import type { RecordingLook } from '../../export/video/recording-options';
import type { SessionArchive } from '../../session/session-archive';
import type { SessionRecorder } from '../../session/session-recorder';
import { canvasToBlob } from '../files/canvas-blob';
import type { FramePicture } from './frame-picture';

/** A video of these looks shows faces anyway. */
const SHOW_FACES: readonly (RecordingLook | null)[] = ['plain', 'overlay'];

interface Options {
  readonly recorder: SessionRecorder;
  /** What is kept of the picture; null: nothing. */
  readonly look: () => RecordingLook | null;
  readonly isWanted: () => boolean;
  readonly picture: FramePicture;
  readonly archive: () => Promise<SessionArchive>;
}

/** Keeps the first readable face of a recording as its thumbnail, where its video shows faces. */
export class RecordingThumbnail {
  readonly #options: Options;
  /** Of the recording under way or just ended. */
  #kept: { readonly sessionId: string; readonly picture: Promise<Blob> } | null = null;

  constructor(options: Options) {
    this.#options = options;
    options.recorder.subscribe(() => void this.#save());
  }

  /** Whether the next frame's picture is needed. */
  get isWaiting(): boolean {
    const { recorder, look, isWanted } = this.#options;
    const { phase, id } = recorder.getSnapshot();
    return phase === 'recording' && this.#kept?.sessionId !== id && SHOW_FACES.includes(look()) && isWanted();
  }

  /** A frame whose picture is held. */
  take({ frame, faces }: FrameResult): void {
    const { id } = this.#options.recorder.getSnapshot();
    if (id === null || !this.isWaiting) return;
    const face = faces.find(({ status, concerns }) => status === 'classified' && concerns.length === 0);
    const canvas = face && this.#options.picture.faceIn(frame, face);
    if (canvas) this.#kept = { sessionId: id, picture: canvasToBlob(canvas, 'image/jpeg') };
  }

  async #save(): Promise<void> {
    const kept = this.#kept;
    const { finished } = this.#options.recorder.getSnapshot();
    if (!kept || !finished?.saved || finished.info.id !== kept.sessionId) return;
    this.#kept = null;
    try {
      await (await this.#options.archive()).setThumbnail(kept.sessionId, await kept.picture);
    } catch (error) {
      // The session is whole without it.
      log.warn(`no thumbnail: ${String(error)}`);
    }
  }
}
