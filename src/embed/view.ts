import { copyText } from '../app/copy-text';
import { errorDetails, type EngineWords } from '../app/error-details';
import type { MienError } from '../engine/errors';
import type { Size } from '../engine/geometry';
import type { FrameResult } from '../engine/types';
import { containedView, overlayLabel, paintOverlay, stillFaces, type PaintedFace } from '../export/overlay-painter';
import type { PictureFlow } from '../sources/picture-watch';
import { wordError } from '../words/errors';
import type { Wording } from '../words/wording';
import { languageStore, t } from '../words/i18n';
import { formatList } from '../words/format';

/** Longer side of the copy kept for display; the picture that is analysed is never downscaled. */
const SHOWN_SIDE = 1600;

function element<E extends HTMLElement>(id: string, type: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no #${id}`);
  return found;
}

/** The picture under the boxes; none for the camera, whose video shows through. */
interface Shown {
  readonly image: ImageBitmap | null;
  readonly frame: Size;
  readonly faces: () => readonly PaintedFace[];
  readonly mirror: boolean;
}

/** The frame's content: a text panel, a picture, or the camera. */
export class EmbedView {
  readonly camera = element('camera', HTMLVideoElement);
  readonly #canvas = element('picture', HTMLCanvasElement);
  readonly #title = element('title', HTMLHeadingElement);
  readonly #text = element('text', HTMLParagraphElement);
  readonly #progress = element('progress', HTMLProgressElement);
  readonly #app = element('app', HTMLAnchorElement);
  readonly #retry = element('retry', HTMLButtonElement);
  readonly #status = element('status', HTMLParagraphElement);
  readonly #stop = element('stop', HTMLButtonElement);
  readonly #details = element('details', HTMLButtonElement);
  #shown: Shown | null = null;
  #animation = 0;
  /** Produce the texts, again after a change of language. */
  #wordPanel: () => Wording = () => ({ title: t('Loading'), advice: '' });
  #wordStatus: () => string = () => '';
  #wordDetails: () => string = () => t('Copy details');
  /** Backend and model, for error reports. */
  engine: EngineWords = { backend: 'none', model: 'none' };

  constructor() {
    new ResizeObserver(() => this.#paint()).observe(this.#canvas);
    this.#retry.addEventListener('click', () => location.reload());
    languageStore.subscribe(() => this.#word());
    this.#word();
  }

  /** @param share 0–1. */
  showLoading(share: number): void {
    this.#panel('loading', () => ({ title: t('Loading the model'), advice: t('It is downloaded once and stays in this browser.') }));
    this.#progress.value = share;
    this.#tell(() => '');
  }

  /** @param hosts the recipients of the results, in words. */
  showWaiting(hosts: () => string): void {
    this.#panel('waiting', () => ({ title: t('Waiting for pictures'), advice: t('They come from {hosts}, and are read on this device.', { hosts: hosts() }) }));
    this.#tell(() => t('Results go to {hosts}.', { hosts: hosts() }));
  }

  /** For a page that was opened directly, not in a frame. */
  showPurpose(wording: () => Wording): void {
    this.#panel('waiting', wording);
    this.#app.hidden = false;
  }

  /** For origins that may not use the frame. */
  showRefusal(wording: () => Wording): void {
    this.#panel('failed', wording);
    this.#tell(() => '');
  }

  /** For errors that leave the frame unusable; offers to try again. */
  showFailure(error: MienError): void {
    this.showRefusal(() => wordError(error));
    this.#retry.hidden = false;
    this.#offerDetails(error);
  }

  /** Reports an error without changing the content. */
  note(error: MienError): void {
    this.#offerDetails(error);
    this.#tell(() => {
      const { title, advice } = wordError(error);
      return `${title}. ${advice}`;
    });
  }

  /** Makes a smaller copy of a picture before it is analysed; null if memory is short. */
  async copyForShowing(picture: ImageBitmap): Promise<ImageBitmap | null> {
    const { width, height } = picture;
    const scale = Math.min(1, SHOWN_SIDE / Math.max(width, height));
    const size = { resizeWidth: Math.max(1, Math.round(width * scale)), resizeHeight: Math.max(1, Math.round(height * scale)) };
    return createImageBitmap(picture, { ...size, resizeQuality: 'medium' }).catch(() => null);
  }

  /** Takes ownership of the picture. */
  showPicture(image: ImageBitmap | null, { frame, faces }: FrameResult): void {
    const painted = stillFaces(faces);
    this.#show('picture', { image, frame, faces: () => painted, mirror: false });
    this.#tell(() => {
      const labels = faces.map(overlayLabel).map(({ name, detail }) => `${name} ${detail}`.trim());
      return labels.length === 0 ? t('No face found.') : formatList(labels);
    });
    this.#paint();
  }

  /**
   * Reports whether the camera's pictures arrive.
   *
   * @param hosts the recipients of the results, in words.
   */
  tellFlow(flow: PictureFlow, hosts: () => string): void {
    this.#tell(() => {
      if (flow === 'stopped') return t('The camera sends no picture');
      return flow === 'waiting' ? t('Waiting for the camera’s first picture …') : t('Camera is on. Results go to {hosts}.', { hosts: hosts() });
    });
  }

  /**
   * Shows the camera's video with moving face boxes over it.
   *
   * @returns a function that ends it.
   */
  showCamera(faces: () => readonly PaintedFace[], onStop: () => void): () => void {
    const { videoWidth: width, videoHeight: height } = this.camera;
    this.#show('camera', { image: null, frame: { width, height }, faces, mirror: true });
    this.#stop.hidden = false;
    this.#stop.onclick = onStop;
    const step = () => {
      this.#paint();
      this.#animation = requestAnimationFrame(step);
    };
    step();
    return () => {
      cancelAnimationFrame(this.#animation);
      this.#stop.hidden = true;
      this.#stop.onclick = null;
    };
  }

  #offerDetails(error: MienError): void {
    this.#details.hidden = false;
    const label = (words: () => string) => {
      this.#wordDetails = words;
      this.#word();
    };
    label(() => t('Copy details'));
    this.#details.onclick = () => {
      copyText(errorDetails(error, this.engine)).then(
        () => label(() => t('Details copied')),
        () => label(() => t('Could not copy')),
      );
    };
  }

  #panel(state: 'loading' | 'waiting' | 'failed', wording: () => Wording): void {
    this.#show(state, null);
    this.#wordPanel = wording;
    this.#word();
  }

  #tell(status: () => string): void {
    this.#wordStatus = status;
    this.#word();
  }

  /** Sets all texts, visible or not, in the chosen language. */
  #word(): void {
    const { title, advice } = this.#wordPanel();
    const texts: readonly (readonly [HTMLElement, string])[] = [
      [this.#title, title],
      [this.#text, advice],
      [this.#status, this.#wordStatus()],
      [this.#details, this.#wordDetails()],
      [this.#app, t('Open Mien')],
      [this.#retry, t('Try again')],
      [this.#stop, t('Stop camera')],
    ];
    // Screen readers announce a status on every write, so unchanged text is not written.
    for (const [place, text] of texts) if (place.textContent !== text) place.textContent = text;
    this.camera.ariaLabel = t('Camera');
    this.#canvas.ariaLabel = t('The picture that was read last');
    this.#progress.ariaLabel = t('Loading');
    document.title = t('Mien – facial expressions, read in this frame');
    this.#paint();
  }

  #show(state: string, shown: Shown | null): void {
    this.#details.hidden = true;
    this.#shown?.image?.close();
    this.#shown = shown;
    document.body.dataset['state'] = state;
  }

  #paint(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const canvas = this.#canvas;
    const context = canvas.getContext('2d');
    if (!context) return;
    const size = { width: Math.round(clientWidth * devicePixelRatio), height: Math.round(clientHeight * devicePixelRatio) };
    // Setting a canvas size is costly, even to the same value.
    if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
    context.clearRect(0, 0, size.width, size.height);
    if (!this.#shown) return;
    const { image, frame, faces, mirror } = this.#shown;
    const view = containedView(frame, size, mirror, devicePixelRatio);
    if (image) context.drawImage(image, view.offset.x, view.offset.y, frame.width * view.scale, frame.height * view.scale);
    paintOverlay(context, faces(), view);
  }
}
