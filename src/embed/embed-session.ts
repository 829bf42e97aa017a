import type { EmbedId, EmbedImage, EmbedRequest } from '../api/embed-protocol';
import { takeImage } from '../api/image-input';
import { inPixelsOf } from '../engine/result-size';
import { Reader } from '../api/reader';
import { MienError } from '../engine/errors';
import { DEFAULT_SENSITIVITY } from '../engine/mixing';
import { DEFAULT_SMOOTHING_MS } from '../engine/types';
import { toPhotoRecord } from '../export/photo-record';
import { SerialQueue } from '../engine/serial-queue';
import { APP_VERSION } from '../reading/app-version';
import { EmbedCamera } from './embed-camera';
import type { HostLink } from './host-link';
import type { EmbedView } from './view';
import { t } from '../words/i18n';

/** Limit of pending pictures, including the one being read. */
const MOST_WAITING = 16;

/** Answers the host's requests: pictures in sequence, and at most one camera. */
export class EmbedSession {
  readonly #link: HostLink;
  readonly #view: EmbedView;
  readonly #pictures = new SerialQueue();
  readonly #reader: Promise<Reader>;
  readonly #over: AbortSignal;
  #waiting = 0;
  #camera: EmbedCamera | null = null;
  #progress = { loadedBytes: 0, totalBytes: 0 };
  #ready: Reader | null = null;

  /** @param signal ends everything; nothing is shown or sent after it aborts. */
  constructor(link: HostLink, view: EmbedView, signal: AbortSignal) {
    this.#link = link;
    this.#view = view;
    this.#over = signal;
    this.#reader = Reader.create({
      assetBase: new URL('./', document.baseURI).href,
      backend: 'auto',
      mode: 'still',
      smoothingMs: DEFAULT_SMOOTHING_MS,
      sensitivity: DEFAULT_SENSITIVITY,
      onLoadProgress: (progress) => this.#onProgress(progress),
      signal,
    });
    signal.addEventListener('abort', () => {
      this.#camera?.stop('host');
      void this.#ready?.dispose();
    });
    this.#reader.then(
      (reader) => this.#onReady(reader),
      (error: unknown) => this.#onFailure(MienError.from(error)),
    );
  }

  handle(request: EmbedRequest): void {
    switch (request.type) {
      case 'hello':
        this.#greet();
        break;
      case 'health':
        void this.#tellHealth(request.id);
        break;
      case 'detect':
        void this.#detect(request.id, request.image, request.file ?? '');
        break;
      case 'track-start':
        void this.#startCamera(request.id);
        break;
      case 'track-stop':
        this.#camera?.stop('host');
    }
  }

  readonly #hosts = (): string => {
    return this.#link.origin ?? t('the page around this frame');
  };

  #onProgress({ loadedBytes, totalBytes }: { readonly loadedBytes: number; readonly totalBytes: number }): void {
    // Loading again for a replaced worker is not shown.
    if (this.#ready || this.#over.aborted) return;
    this.#progress = { loadedBytes, totalBytes };
    this.#view.showLoading(loadedBytes / Math.max(1, totalBytes));
  }

  #onReady(reader: Reader): void {
    if (this.#over.aborted) {
      void reader.dispose();
      return;
    }
    this.#ready = reader;
    this.#view.engine = { backend: reader.backend, model: `${reader.model.id} ${reader.model.version}` };
    this.#view.showWaiting(this.#hosts);
    this.#greet();
  }

  #onFailure(error: MienError): void {
    if (this.#over.aborted) return;
    this.#view.showFailure(error);
    this.#link.sendError(null, error);
  }

  #greet(): void {
    if (this.#ready) this.#link.send({ type: 'ready', version: APP_VERSION, model: this.#ready.model });
    else this.#link.send({ type: 'loading', ...this.#progress });
  }

  async #tellHealth(id: EmbedId): Promise<void> {
    try {
      const reader = await this.#reader;
      this.#link.send({ type: 'health', id, health: await reader.health() });
    } catch (error) {
      this.#link.sendError(id, MienError.from(error));
    }
  }

  async #detect(id: EmbedId, image: EmbedImage, file: string): Promise<void> {
    if (this.#waiting >= MOST_WAITING) {
      release(image);
      this.#link.sendError(id, new MienError('call', 'busy', `${MOST_WAITING} pictures wait`));
      return;
    }
    this.#waiting++;
    try {
      await this.#pictures.add(() => this.#read(id, image, file));
    } catch (error) {
      const known = MienError.from(error);
      this.#link.sendError(id, known);
      if (this.#ready && !this.#over.aborted) this.#view.note(known);
    } finally {
      this.#waiting--;
      release(image);
    }
  }

  async #read(id: EmbedId, image: EmbedImage, file: string): Promise<void> {
    const reader = await this.#reader;
    const input = image instanceof ArrayBuffer ? new Blob([image]) : image;
    const pending = takeImage(input);
    try {
      const startedAtMs = Date.now();
      const { bitmap, size } = await pending.open();
      const shown = await this.#view.copyForShowing(bitmap);
      const result = await reader.read(bitmap).catch((error: unknown) => {
        shown?.close();
        throw error;
      });
      const whole = inPixelsOf(size, result);
      this.#link.send({ type: 'result', id, result: toPhotoRecord({ result: whole, reading: await reader.accountOf(file, input, whole, startedAtMs) }, reader.model) });
      if (this.#camera || this.#over.aborted) shown?.close();
      else this.#view.showPicture(shown, result);
    } finally {
      pending.discard();
    }
  }

  async #startCamera(id: EmbedId): Promise<void> {
    if (this.#camera) {
      this.#link.sendError(id, new MienError('call', 'busy', 'the camera is on already'));
      return;
    }
    const camera = new EmbedCamera(id, this.#link, this.#view, () => {
      this.#camera = null;
      if (this.#ready && !this.#over.aborted) this.#view.showWaiting(this.#hosts);
    });
    this.#camera = camera;
    try {
      await camera.start(await this.#reader, this.#hosts);
    } catch (error) {
      camera.stop('failure', MienError.from(error));
    }
  }
}

/** Closes a transferred bitmap, which belongs to this frame. */
function release(image: EmbedImage): void {
  if (image instanceof ImageBitmap) image.close();
}
