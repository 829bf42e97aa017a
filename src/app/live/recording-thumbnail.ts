import { log } from '../../engine/log';
import type { FrameResult } from '../../engine/types';
import type { RecordingLook } from '../../export/video/recording-options';
import type { SessionArchive } from '../../session/session-archive';
import type { SessionRecorder } from '../../session/session-recorder';
import { canvasToBlob } from '../files/canvas-blob';
import type { FramePicture } from './frame-picture';

/** Looks whose video shows faces. */
const SHOW_FACES: readonly (RecordingLook | null)[] = ['plain', 'overlay'];

interface Options {
  readonly recorder: SessionRecorder;
  /** Look of the recorded video; null if none. */
  readonly look: () => RecordingLook | null;
  readonly isWanted: () => boolean;
  readonly picture: FramePicture;
  readonly archive: () => Promise<SessionArchive>;
}

/** Stores the first clearly readable face of a recording as its thumbnail, if its video shows faces. */
export class RecordingThumbnail {
  readonly #options: Options;
  /** Thumbnail of the current or last recording. */
  #kept: { readonly sessionId: string; readonly picture: Promise<Blob> } | null = null;

  constructor(options: Options) {
    this.#options = options;
    options.recorder.subscribe(() => void this.#save());
  }

  /** Whether the next frame must be captured. */
  get isWaiting(): boolean {
    const { recorder, look, isWanted } = this.#options;
    const { phase, id } = recorder.getSnapshot();
    return phase === 'recording' && this.#kept?.sessionId !== id && SHOW_FACES.includes(look()) && isWanted();
  }

  /** Takes the result of a captured frame. */
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
      // The session is complete without it.
      log.warn(`no thumbnail: ${String(error)}`);
    }
  }
}
