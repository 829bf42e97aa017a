/** The library: reads facial expressions in the importing program's own page, without a server. */
export { createRecognizer } from './api/recognizer';
export type { RecognizerHealth } from './api/recognizer-health';
export type { DetectOptions, Recognizer, RecognizerOptions, TrackOptions } from './api/recognizer';
export type { ImageInput, PixelSource } from './api/image-input';
export type { ModelInput, ModelInputOptions } from './api/model-source';
export type { CropRecord } from './api/records';
export type { VideoOptions, VideoProgress } from './api/video-reading';
export { EMBED_PROTOCOL } from './api/embed-protocol';
export type { EmbedAnswer, EmbedError, EmbedId, EmbedImage, EmbedRequest } from './api/embed-protocol';
export { MienError, type ErrorKind, type ErrorReason, type PlainError } from './engine/errors';
export { EXPRESSIONS, type Expression } from './engine/labels';
export type { BackendChoice, BackendName, BroughtModelReport, LoadProgress, ModelIdentity } from './engine/types';
export type { FaceRecord, SkippedFaceRecord } from './export/face-record';
export type { SessionFaceRecord, SessionFrameRecord, SkippedSessionFaceRecord } from './export/frame-record';
export type { PhotoRecord } from './export/photo-record';
export type { ReadingRecord, SourceRecord } from './export/reading-record';
export type { PersonRecord, SessionRecord, SessionSummaryRecord } from './export/session-record';
