import { MienError } from '../engine/errors';
import type { Size } from '../engine/geometry';

/** A camera offered by the browser. Before permission is given, browsers withhold its name. */
export interface CameraInfo {
  readonly id: string;
  readonly name: string;
}

/** Direction of a phone's camera: towards the user, or away. */
export type Facing = 'user' | 'environment';

export interface CameraRequest {
  /** A camera's id; null leaves the choice to the browser. */
  readonly cameraId: string | null;
  /** Preferred where there is a choice. */
  readonly facing: Facing;
  readonly signal: AbortSignal;
}

/** Ideal, not exact, constraints: any size is accepted. */
const WANTED_SIZE: Size = { width: 1280, height: 720 };

const REASONS: Readonly<Record<string, MienError<'camera'>['reason']>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'not-found',
  DevicesNotFoundError: 'not-found',
  NotReadableError: 'in-use',
  TrackStartError: 'in-use',
  // Firefox on Windows reports this if another program uses the camera.
  AbortError: 'in-use',
  OverconstrainedError: 'over-constrained',
  ConstraintNotSatisfiedError: 'over-constrained',
};

/** Converts an error of `getUserMedia` to a camera error with a reason. */
export function cameraError(error: unknown): MienError<'camera'> {
  if (error instanceof MienError && error.is('camera')) return error as MienError<'camera'>;
  const name = error instanceof Error ? error.name : '';
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new MienError('camera', REASONS[name] ?? 'unknown', detail, error);
}

/** Chromium's API for the page's permissions policy; other browsers only refuse requests. */
interface PolicyAwareDocument {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
}

/** Reason why no camera can be opened at all; null if a request makes sense. */
export function cameraObstacle(): MienError<'camera'> | null {
  // Absent on insecure pages, contrary to the type declarations.
  if ((navigator.mediaDevices as MediaDevices | undefined) === undefined) {
    return window.isSecureContext
      ? new MienError('camera', 'unsupported', 'no navigator.mediaDevices')
      : new MienError('camera', 'insecure-context', location.origin);
  }
  const policy = (document as PolicyAwareDocument).featurePolicy;
  return policy && !policy.allowsFeature('camera')
    ? new MienError('camera', 'blocked-by-policy', 'permissions policy')
    : null;
}

/** Available cameras; empty if the browser does not list them. */
export async function listCameras(): Promise<CameraInfo[]> {
  if (cameraObstacle()) return [];
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices
      .filter((device) => device.kind === 'videoinput' && device.deviceId !== '')
      .map((device, i) => ({ id: device.deviceId, name: device.label || `Camera ${i + 1}` }));
  } catch {
    return [];
  }
}

/** False only if the browser reports no camera. */
async function hasCamera(): Promise<boolean> {
  try {
    return (await navigator.mediaDevices.enumerateDevices()).some(({ kind }) => kind === 'videoinput');
  } catch {
    return true;
  }
}

/** The browser's camera permission for this page; null if it does not report one. */
async function cameraPermission(): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state;
  } catch {
    return null;
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function requestStream(cameraId: string | null, facing: Facing): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      width: { ideal: WANTED_SIZE.width },
      height: { ideal: WANTED_SIZE.height },
      ...(cameraId === null ? { facingMode: { ideal: facing } } : { deviceId: { exact: cameraId } }),
    },
  });
}

async function requestStreamOrAnyOther({ cameraId, facing, signal }: CameraRequest): Promise<MediaStream> {
  try {
    return await requestStream(cameraId, facing);
  } catch (error) {
    const { reason } = cameraError(error);
    const cameraIsGone = reason === 'not-found' || reason === 'over-constrained';
    if (!cameraIsGone || signal.aborted) throw error;
    // The remembered camera may be disconnected; fall back to any other.
    if (cameraId !== null) return await requestStreamOrAnyOther({ cameraId: null, facing, signal });
    // WebKit reports ideal constraints as unsatisfied if there is no camera at all.
    throw (await hasCamera()) ? error : new MienError('camera', 'not-found', cameraError(error).detail, error);
  }
}

/** An open camera. It owns its stream: `stop` ends every track, and the camera's light goes off. */
export class CameraSource {
  readonly stream: MediaStream;
  /** Id of the open camera; '' if the browser does not report it. */
  readonly cameraId: string;
  /** Null if the browser does not report it, e.g. for desktop cameras. */
  readonly facing: Facing | null;
  readonly #track: MediaStreamTrack;

  private constructor(stream: MediaStream, track: MediaStreamTrack) {
    this.stream = stream;
    this.#track = track;
    const { deviceId, facingMode } = track.getSettings();
    this.cameraId = deviceId ?? '';
    this.facing = facingMode === 'user' || facingMode === 'environment' ? facingMode : null;
  }

  /**
   * Requests the camera, which may show the browser's permission prompt and wait for the user. If `signal` aborts meanwhile, a stream
   * that still arrives is stopped at once.
   *
   * @throws MienError of kind `camera`; the signal's reason when aborted.
   */
  static async open(request: CameraRequest): Promise<CameraSource> {
    const { signal } = request;
    const obstacle = cameraObstacle();
    if (obstacle) throw obstacle;
    signal.throwIfAborted();
    let stream: MediaStream;
    try {
      stream = await requestStreamOrAnyOther(request);
    } catch (error) {
      signal.throwIfAborted();
      throw cameraError(error);
    }
    const track = stream.getVideoTracks()[0];
    if (signal.aborted || !track) {
      stopTracks(stream);
      signal.throwIfAborted();
      throw new MienError('camera', 'not-found', 'the stream has no video track');
    }
    return new CameraSource(stream, track);
  }

  /**
   * Reports when the camera ends unexpectedly (`unplugged`, or `denied`: permission withdrawn), and when it stops or resumes sending
   * frames (a shutter, a phone call). Listeners are removed when `signal` aborts.
   */
  watch(signal: AbortSignal, onLost: (error: MienError<'camera'>) => void, onSilent: (silent: boolean) => void): void {
    const permission = cameraPermission();
    const lost = async () => {
      const [before, now] = await Promise.all([permission, cameraPermission()]);
      if (signal.aborted) return;
      // A browser that grants a single use may report `prompt` all along.
      const withdrawn = now === 'denied' || (now === 'prompt' && before === 'granted');
      onLost(new MienError('camera', withdrawn ? 'denied' : 'unplugged', this.#track.label));
    };
    if (this.#track.readyState === 'ended') {
      void lost();
      return;
    }
    this.#track.addEventListener('ended', () => void lost(), { signal });
    // A shutter closed from the start fires no event.
    if (this.#track.muted) onSilent(true);
    this.#track.addEventListener('mute', () => onSilent(true), { signal });
    this.#track.addEventListener('unmute', () => onSilent(false), { signal });
  }

  stop(): void {
    stopTracks(this.stream);
  }
}
