import type { Expression, Probabilities } from './labels';
import type { Sensitivity } from './mixing';
import type { PixelPoint, PixelRect, Size } from './geometry';

/**
 * How a person looks apart from their expression, in 32 bytes: colours of hair, neck and clothes, the mean colour of the
 * skin, and how light lies on the face. It tells people of one recording apart; it is no biometric template.
 *
 * Measured before it was chosen: the pooled features of the expression network tell people apart no better than chance
 * (AUC 0.42–0.57 on pairs of one person with two expressions), since the network is trained to ignore who somebody is.
 */
export type Appearance = Uint8Array;

/** The six keypoints of BlazeFace, in frame pixels. Right and left are the person's own. */
export interface FaceKeypoints {
  readonly rightEye: PixelPoint;
  readonly leftEye: PixelPoint;
  readonly noseTip: PixelPoint;
  readonly mouthCenter: PixelPoint;
  readonly rightEarTragion: PixelPoint;
  readonly leftEarTragion: PixelPoint;
}

export interface FaceDetection {
  readonly box: PixelRect;
  /** The detector's score, 0–1, for the face's own region. */
  readonly score: number;
  /** Its score where the region ends close to the box; 0: it sees no face there. Missing where it was not asked. */
  readonly tightScore?: number;
  readonly keypoints: FaceKeypoints;
}

/** The square of the frame that the classifier sees: turned by `rollDeg` about its centre. */
export interface CropRegion {
  readonly center: PixelPoint;
  /** Side in frame pixels. */
  readonly side: number;
  /** Clockwise on screen, degrees; the crop is turned back by this angle. */
  readonly rollDeg: number;
}

/** Degrees. Yaw > 0: the face turns to the image's right; pitch > 0: up; roll > 0: clockwise on screen. */
export interface HeadPose {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
}

export const CONCERN_KINDS = ['small', 'turned', 'dark', 'bright', 'blurred', 'cut-off', 'covered', 'not-a-face', 'other-class'] as const;

/** Parts without which an expression cannot be trusted: the mouth, both eyes, or an eye and half of the mouth. */
export const HIDDEN_PARTS = ['mouth', 'eyes', 'side'] as const;
export type HiddenPart = (typeof HIDDEN_PARTS)[number];

/** Something about a face that keeps its expression from being named: its picture is hard to read, or the model names a class of its own. */
export interface QualityConcern {
  readonly kind: (typeof CONCERN_KINDS)[number];
  /**
   * How bad it is. `small`: larger side of the box, pixels. `turned`: angle between where the face looks and the
   * camera, degrees, 0–180. `dark`: luminance (0–1) that nine tenths of the crop do not exceed. `bright`: its median
   * luminance, 0–1. `blurred`: its sharpness, 0–10. `cut-off`: share (0–1) of the crop beyond the frame's edge, the
   * lower edge counting 1.75 times. `covered`: how likely a part is hidden, 0.4–1.
   * `not-a-face`: the detector's score, or the mean of it and the one without the surroundings where that is lower, 0–1. `other-class`: share (0–1) of all
   * outputs that a class has which is none of the seven expressions, where no expression has more.
   */
  readonly value: number;
  /** The part of a `covered` face that most likely is covered; missing if unknown. */
  readonly part?: HiddenPart;
  /** The model's own name of an `other-class`. */
  readonly name?: string;
}

/** Why a found face was not classified. */
export const SKIP_REASONS = ['face-too-small', 'outside-frame'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/**
 * Why a moment that was asked for has no reading. `undecodable`: the decoder refused its frame; `no-key-frame`: the
 * frames that it builds on are missing; `failed`: the engine could not read it; `no-picture`: the camera sent none;
 * `damaged`: it lay in a part of the file that cannot be read; `paused`: the camera was paused or off, or its page hidden.
 * The archive stores their indices: append only.
 */
export const LEFT_OUT_REASONS = ['undecodable', 'no-key-frame', 'failed', 'no-picture', 'damaged', 'paused'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/**
 * `track`: another picture track, beside the one that is read. `recording`: one that stands in the same file and cannot be opened.
 * `end-of-recording`: a recording breaks off, and another follows it. `edits`: from there on the file asks players for another speed or
 * for no picture at all, and is read as it was recorded.
 */
export const NOT_READ_KINDS = ['track', 'recording', 'end-of-recording', 'edits'] as const;

/** A part of a video file that no frame is read of. */
export interface NotRead {
  readonly what: (typeof NOT_READ_KINDS)[number];
  /** Where it would begin, on the file's clock, ms; null: it lasts as long as the file. */
  readonly atMs: number | null;
  /** Codec and pixels of a track, or the reason of a recording's error. */
  readonly detail: string;
}

interface FaceBase {
  /** Identity across frames, 1, 2, 3 …; null on a still picture. */
  readonly track: number | null;
  /** How the track's person has looked until now; null on a still picture, and where too little of them is in view. Not for files. */
  readonly appearance: Appearance | null;
  readonly box: PixelRect;
  readonly score: number;
  readonly keypoints: FaceKeypoints;
  readonly crop: CropRegion;
  readonly headPose: HeadPose;
  /** In the order of `CONCERN_KINDS`; empty: nothing is wrong with the picture of this face. */
  readonly concerns: readonly QualityConcern[];
}

export interface ClassifiedFace extends FaceBase {
  readonly status: 'classified';
  /** Probabilities that the classifier gives this frame. For a camera's face at rest, Mien's own model reads its picture averaged over some 150 ms, which takes noise away. */
  readonly raw: Probabilities;
  /** Smoothed over time within the track; equals `raw` on stills or when smoothing is off. */
  readonly smoothed: Probabilities;
  /** Label to show: from `smoothed`, with hysteresis so that it does not flicker. */
  readonly label: Expression;
  /** `smoothed[label]`, 0–1. */
  readonly confidence: number;
  /** True when no expression stands out enough to be named with confidence, or the face has any concern. */
  readonly uncertain: boolean;
}

export interface SkippedFace extends FaceBase {
  readonly status: 'skipped';
  readonly reason: SkipReason;
}

export type FaceObservation = ClassifiedFace | SkippedFace;

/** Milliseconds spent in each stage of one frame. */
export interface StageTimings {
  readonly detectMs: number;
  readonly cropMs: number;
  readonly classifyMs: number;
  readonly totalMs: number;
}

/** Everything that Mien says about one frame. */
export interface FrameResult {
  readonly frame: Size;
  /** The caller's clock; 0 for a still. */
  readonly timestampMs: number;
  readonly faces: readonly FaceObservation[];
  readonly timings: StageTimings;
}

export const BACKEND_NAMES = ['webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];
/** `auto`: whichever passes the known answer and is measured fastest on this device. */
export type BackendChoice = BackendName | 'auto';

/** Outcome of each backend at start-up. */
export interface BackendReport {
  readonly name: BackendName;
  readonly outcome: 'serving' | 'passed' | 'wrong-answer' | 'unavailable';
  /** Median milliseconds for one face, where it was measured. */
  readonly medianMs: number | null;
  /** Largest distance of a probability to PyTorch's answer on the known inputs; null: not asked. */
  readonly deviation: number | null;
}

/** A model's input from one face: a square of luminance, or of red, green and blue. */
export interface FaceInput {
  /** Pixels. */
  readonly side: number;
  readonly channels: 1 | 3;
}

export interface ModelIdentity {
  readonly id: string;
  readonly version: string;
  /** Hex digest of the weights file; of a model that was brought, of its files one after the other. */
  readonly sha256: string;
}

/** A model that the user brought: the contents of its files, and the choices or proposals for what they lack. */
export interface BroughtModelReport {
  /** E.g. `Keras 2.0.5, HDF5`. */
  readonly format: string;
  readonly input: FaceInput;
  readonly parameters: number;
  readonly output: 'softmax' | 'sigmoid' | 'logits';
  readonly scaling: 'bytes' | 'unit' | 'minus-one-to-one' | 'per-face' | { readonly mean: number; readonly deviation: number };
  /** How sure the proposal of the scaling is, 0–1; null: it was given. */
  readonly scalingConfidence: number | null;
  /** Names of the outputs, in their order. Those that are none of the seven expressions are named where they have the largest share. */
  readonly labels: readonly string[];
  readonly labelsConfidence: number | null;
}

/**
 * How a stream's frames are searched. `fast` spreads the search for new faces over several frames, for a camera, and of many
 * known faces classifies two a frame; the others keep their last answer. `thorough` finds in each frame what is found in a still;
 * where frames are less than half a second apart, a new small face may be found up to half a second after it entered.
 */
export type Search = 'fast' | 'thorough';

/** Names one stream of frames; tracks, smoothing and search are each stream's own. */
export interface StreamOptions {
  readonly name: string;
  readonly search: Search;
  /** Time constant of this stream's smoothing, ms; 0: none. Default: that of `EngineSettings`. */
  readonly smoothingMs?: number;
  /**
   * A camera's: its frames are answered while a network of the search is still loading, and a fast search finds within a second what a
   * still's does. Default: false, each frame waits for the network, so that results do not depend on loading.
   */
  readonly isLive?: boolean;
}

/** A frame on its way to the engine, which closes it. A VideoFrame costs its sender no copy. */
export type LiveFrame = ImageBitmap | VideoFrame;

/** State of the engine, for the performance panel and for tests. */
export interface EngineHealth {
  readonly ready: boolean;
  readonly backend: BackendName;
  readonly backends: readonly BackendReport[];
  readonly model: ModelIdentity;
  /** Null: the model that ships serves. */
  readonly brought: BroughtModelReport | null;
  readonly memory: { readonly numTensors: number; readonly numBytes: number };
  /** WebGL contexts lost and recovered from since the start. */
  readonly contextLosses: number;
}

/** Default time constant of the smoothing, ms. */
export const DEFAULT_SMOOTHING_MS = 250;

/** Settings that can change while the engine runs. */
export interface EngineSettings {
  /** Time constant of the exponential smoothing of streams that name none, ms; 0 switches smoothing off. */
  readonly smoothingMs: number;
  readonly sensitivity: Sensitivity;
}

/** How far the start-up download is. Bytes as unpacked; the total is an estimate until it is known. */
export interface LoadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
  readonly step: 'detector' | 'classifier' | 'warm-up';
}

/** Told of the faces of a still that a first look shows, read; the thorough answer may have more, and others for these. */
export type OnGlance = (seen: FrameResult) => void;
