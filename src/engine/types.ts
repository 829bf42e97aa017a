import type { Expression, Probabilities } from './labels';
import type { Sensitivity } from './mixing';
import type { PixelPoint, PixelRect, Size } from './geometry';

/**
 * A person's appearance apart from their expression, in 32 bytes: colours of hair, neck and clothes, the mean colour of the skin, and
 * the distribution of light on the face. It distinguishes people within one recording; it is not a biometric template.
 *
 * Alternative tried first: the pooled features of the expression network separate people no better than chance (AUC 0.42–0.57 on
 * pairs of one person with two expressions), since training makes the network ignore identity.
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
  /** Its score where the region ends close to the box; 0: no face found there. Missing if not measured. */
  readonly tightScore?: number;
  readonly keypoints: FaceKeypoints;
}

/** Square of the frame that the classifier sees: turned by `rollDeg` about its centre. */
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

/** Reason not to name a face's expression: its picture is hard to read, or the model names a class of its own. */
export interface QualityConcern {
  readonly kind: (typeof CONCERN_KINDS)[number];
  /**
   * Severity. `small`: larger side of the box, pixels. `turned`: angle between the face's direction and the camera, degrees, 0–180.
   * `dark`: luminance (0–1) that nine tenths of the crop do not exceed. `bright`: its median luminance, 0–1. `blurred`: its
   * sharpness, 0–10. `cut-off`: share (0–1) of the crop beyond the frame's edge, the lower edge counting 1.75 times. `covered`:
   * probability that a part is hidden, 0.4–1. `not-a-face`: the detector's score, or its mean with the score without the surroundings if
   * that is lower, 0–1. `other-class`: share (0–1) of all outputs of a class outside the seven expressions, if no expression has more.
   */
  readonly value: number;
  /** The part of a `covered` face that is most likely covered; missing if unknown. */
  readonly part?: HiddenPart;
  /** The model's own name of an `other-class`. */
  readonly name?: string;
}

/** Reasons for not classifying a detected face. */
export const SKIP_REASONS = ['face-too-small', 'outside-frame'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/**
 * Reasons for a requested time without a reading. `undecodable`: the decoder refused its frame; `no-key-frame`: the frames that it
 * depends on are missing; `failed`: the engine could not read it; `no-picture`: the camera sent none; `damaged`: it lay in an
 * unreadable part of the file; `paused`: the camera was paused or off, or its page hidden; `no-engine`: the engine was loading or
 * restarting. The archive stores their indices: append only.
 */
export const LEFT_OUT_REASONS = ['undecodable', 'no-key-frame', 'failed', 'no-picture', 'damaged', 'paused', 'no-engine'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/**
 * `track`: another video track, or another program of a transport stream, besides the one that is read. `recording`: a recording in the same file that cannot be opened.
 * `end-of-recording`: a recording breaks off, and another follows it. `edits`: from there on the file asks players for another speed
 * or for no picture at all; it is read as recorded.
 */
export const NOT_READ_KINDS = ['track', 'recording', 'end-of-recording', 'edits'] as const;

/** A part of a video file from which no frames are read. */
export interface NotRead {
  readonly what: (typeof NOT_READ_KINDS)[number];
  /** Its start on the file's clock, ms; null: it lasts as long as the file. */
  readonly atMs: number | null;
  /** Codec and pixels of a track, codec and number of a program, or the reason of a recording's error. */
  readonly detail: string;
}

interface FaceBase {
  /** Identity across frames, 1, 2, 3 …; null on a still picture. */
  readonly track: number | null;
  /** The tracked person's appearance so far; null on a still picture or if too little of them is in view. Not written to files. */
  readonly appearance: Appearance | null;
  readonly box: PixelRect;
  readonly score: number;
  readonly keypoints: FaceKeypoints;
  readonly crop: CropRegion;
  readonly headPose: HeadPose;
  /** In the order of `CONCERN_KINDS`; empty if the face's picture has no faults. */
  readonly concerns: readonly QualityConcern[];
}

export interface ClassifiedFace extends FaceBase {
  readonly status: 'classified';
  /**
   * The classifier's probabilities for this frame. For a camera's face at rest, Mien's own model reads its picture averaged over
   * some 150 ms, which reduces noise.
   */
  readonly raw: Probabilities;
  /** Smoothed over time within the track; equals `raw` on stills or when smoothing is off. */
  readonly smoothed: Probabilities;
  /** Label to show: from `smoothed`, with hysteresis so that it does not flicker. */
  readonly label: Expression;
  /** `smoothed[label]`, 0–1. */
  readonly confidence: number;
  /** Whether no expression stands out enough to be named with confidence, or the face has any concern. */
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

/** Mien's full result for one frame. */
export interface FrameResult {
  readonly frame: Size;
  /** The caller's clock; 0 for a still. */
  readonly timestampMs: number;
  readonly faces: readonly FaceObservation[];
  readonly timings: StageTimings;
  /** Those that classified its faces: none if it has none. */
  readonly backends: readonly BackendName[];
}

export const BACKEND_NAMES = ['webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];
/** `auto`: the fastest measured on this device of those that pass the known answer. */
export type BackendChoice = BackendName | 'auto';

/** Outcome of each backend at start-up. */
export interface BackendReport {
  readonly name: BackendName;
  readonly outcome: 'serving' | 'passed' | 'wrong-answer' | 'unavailable';
  /** Median milliseconds for one face; null if not measured. */
  readonly medianMs: number | null;
  /** Largest deviation of a probability from PyTorch's answer on the known inputs; null: not compared. */
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
  /** Hex digest of the weights file; for a brought model, of its files in sequence. */
  readonly sha256: string;
}

/** A model that the user brought: the contents of its files, and the choices or proposals for missing parts. */
export interface BroughtModelReport {
  /** E.g. `Keras 2.0.5, HDF5`. */
  readonly format: string;
  readonly input: FaceInput;
  readonly parameters: number;
  readonly output: 'softmax' | 'sigmoid' | 'logits';
  readonly scaling: 'bytes' | 'unit' | 'minus-one-to-one' | 'per-face' | { readonly mean: number; readonly deviation: number };
  /** Confidence of the proposed scaling, 0–1; null: it was given. */
  readonly scalingConfidence: number | null;
  /** Names of the outputs, in their order. Those outside the seven expressions are named where they have the largest share. */
  readonly labels: readonly string[];
  readonly labelsConfidence: number | null;
}

/**
 * Search mode of a stream. `fast` spreads the search for new faces over several frames, for a camera, and classifies one or two of many
 * known faces per frame, changed ones first; the others keep their last answer. `thorough` finds the same faces in each frame as in a
 * still; if frames are less than half a second apart, a new small face may be found up to half a second after it entered.
 */
export type Search = 'fast' | 'thorough';

/** Names one stream of frames; each stream has its own tracks, smoothing and search. */
export interface StreamOptions {
  readonly name: string;
  readonly search: Search;
  /** Time constant of this stream's smoothing, ms; 0: none. Default: that of `EngineSettings`. */
  readonly smoothingMs?: number;
  /** Default: that of `EngineSettings`. */
  readonly sensitivity?: Sensitivity;
  /**
   * Whether the frames come from a camera: they are answered while a network of the search is still loading, and a fast search finds
   * the same faces as in a still within a second. Default: false, each frame waits for the network, so that results do not depend on
   * loading.
   */
  readonly isLive?: boolean;
}

/** A frame on its way to the engine, which closes it. A VideoFrame is sent without a copy. */
export type LiveFrame = ImageBitmap | VideoFrame;

/** State of the engine, for the performance panel and for tests. */
export interface EngineHealth {
  readonly ready: boolean;
  readonly backend: BackendName;
  readonly backends: readonly BackendReport[];
  readonly model: ModelIdentity;
  /** Null: the shipped model is in use. */
  readonly brought: BroughtModelReport | null;
  readonly memory: { readonly numTensors: number; readonly numBytes: number };
  /** WebGL contexts lost and recovered from since the start. */
  readonly contextLosses: number;
}

/** Default time constant of the smoothing, ms. */
export const DEFAULT_SMOOTHING_MS = 250;

/** Settings that can change while the engine runs. */
export interface EngineSettings {
  /** Time constant of the exponential smoothing of streams without their own, ms; 0 switches smoothing off. */
  readonly smoothingMs: number;
  readonly sensitivity: Sensitivity;
}

/** Progress of the start-up download, in unpacked bytes; the total is an estimate until it is known. */
export interface LoadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
  readonly step: 'detector' | 'classifier' | 'warm-up';
}

/** Receives the faces of a still that a first look found and read; the thorough result may add or replace faces. */
export type OnGlance = (seen: FrameResult) => void;
