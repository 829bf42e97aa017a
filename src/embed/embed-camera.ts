import type { EmbedId } from '../api/embed-protocol';
import type { Reader } from '../api/reader';
import { MienError } from '../engine/errors';
import { toResultRecord } from '../export/frame-record';
import { cameraError, CameraSource } from '../sources/camera-source';
import { watchPicture, type PictureFlow } from '../sources/picture-watch';
import { faceFade } from '../app/live/face-fade';
import { FaceMotion } from '../app/live/face-motion';
import { embedErrorOf, type HostLink } from './host-link';
import type { EmbedView } from './view';

/** The camera inside the frame, from one `track-start` to `track-ended`. */
export class EmbedCamera {
  readonly #id: EmbedId;
  readonly #link: HostLink;
  readonly #view: EmbedView;
  readonly #onEnd: () => void;
  readonly #end = new AbortController();
  readonly #motion = new FaceMotion({ fadeMs: faceFade() });

  /** @param onEnd called once when it ends, for any reason. */
  constructor(id: EmbedId, link: HostLink, view: EmbedView, onEnd: () => void) {
    this.#id = id;
    this.#link = link;
    this.#view = view;
    this.#onEnd = onEnd;
  }

  /** @param hosts the recipients of the results, in words. */
  async start(reader: Reader, hosts: () => string): Promise<void> {
    const { signal } = this.#end;
    const { camera } = this.#view;
    const tell = (flow: PictureFlow) => this.#view.tellFlow(flow, hosts);
    try {
      const source = await CameraSource.open({ cameraId: null, facing: 'user', signal });
      signal.addEventListener('abort', () => {
        source.stop();
        camera.srcObject = null;
      });
      source.watch(signal, (error) => this.#fail(error), () => undefined);
      camera.srcObject = source.stream;
      signal.addEventListener(
        'abort',
        watchPicture(camera, (flow) => {
          // If the camera freezes, no boxes may stay on screen.
          if (flow === 'stopped') this.#motion.reset();
          tell(flow);
        }),
      );
      await camera.play();
    } catch (error) {
      this.#fail(cameraError(error));
      return;
    }
    if (signal.aborted) return;
    this.#link.send({ type: 'tracking', id: this.#id, width: camera.videoWidth, height: camera.videoHeight });
    tell('flowing');
    const hide = this.#view.showCamera(() => this.#motion.at(performance.now()), () => this.stop('person'));
    const stopReading = this.#follow(reader);
    signal.addEventListener('abort', () => {
      stopReading();
      hide();
    });
  }

  /** Idempotent. */
  stop(by: 'host' | 'person' | 'failure', error?: MienError): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    this.#onEnd();
    this.#link.send({ type: 'track-ended', id: this.#id, by, ...(error && { error: embedErrorOf(error) }) });
  }

  #follow(reader: Reader): () => void {
    let frames = 0;
    let startMs: number | null = null;
    return reader.follow(
      this.#view.camera,
      (result) => {
        startMs ??= result.timestampMs;
        this.#motion.update(result.faces, result.timestampMs, performance.now());
        const record = toResultRecord(result, { sample: frames, number: frames++ }, result.timestampMs - startMs);
        this.#link.send({ type: 'frame', id: this.#id, result: record });
      },
      (error, ended) => {
        if (ended) this.#fail(error);
      },
    );
  }

  #fail(error: MienError): void {
    // A call that `stop` cancelled is not a failure.
    if (this.#end.signal.aborted) return;
    this.stop('failure', error);
    this.#view.note(error);
  }
}
