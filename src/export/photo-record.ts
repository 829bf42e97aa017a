import { area } from '../engine/geometry';
import { dominant, type Expression } from '../engine/labels';
import type { ClassifiedFace, FaceObservation, FrameResult, ModelIdentity } from '../engine/types';
import type { ReadingAccount } from '../session/reading-account';
import { toBox, toFaceRecord, toProbabilitiesRecord, toSkippedRecord, type FaceRecord, type SkippedFaceRecord } from './face-record';
import { toReadingRecord, type ReadingRecord } from './reading-record';

/** A picture and its outcome: the result (null if it was not read), or the failure in words. */
export type PhotoOutcome = { readonly reading: ReadingAccount } & ({ readonly result: FrameResult | null; readonly notFaces?: readonly FaceObservation[] } | { readonly failure: string });

/** Export record of one picture; key names follow the systems that Mien replaces. */
export interface PhotoRecord {
  /** Includes the folder, if any. */
  readonly file: string;
  readonly width?: number;
  readonly height?: number;
  /** Taken from the largest face, like the two keys below. */
  readonly emotion?: Expression;
  readonly confidence?: number;
  readonly face_location?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly error?: string;
  readonly faces: readonly FaceRecord[];
  /** Faces that were detected but not classified; absent if none. */
  readonly skipped_faces?: readonly SkippedFaceRecord[];
  /** Number of `skipped_faces` that a person marked as no face; absent if none. */
  readonly said_no_face?: number;
  readonly reading: ReadingRecord;
  readonly model: ModelIdentity;
}

/** Export record of one picture. Faces keep their order; boxes are in whole pixels. */
export function toPhotoRecord(outcome: PhotoOutcome, model: ModelIdentity): PhotoRecord {
  const file = outcome.reading.source.name;
  const reading = toReadingRecord(outcome.reading);
  if ('failure' in outcome) return { file, error: outcome.failure, faces: [], reading, model };
  if (!outcome.result) return { file, error: 'Not read', faces: [], reading, model };
  const { frame, faces } = outcome.result;
  const classified = faces.filter((f) => f.status === 'classified');
  const skipped = faces.filter((f) => f.status === 'skipped');
  const { notFaces = [] } = outcome;
  const left = [...skipped.map(toSkippedRecord), ...notFaces.map(toNotAFace)];
  return {
    file,
    width: frame.width,
    height: frame.height,
    ...headline(classified, skipped.length),
    faces: classified.map(toFaceRecord),
    ...(left.length > 0 && { skipped_faces: left }),
    ...(notFaces.length > 0 && { said_no_face: notFaces.length }),
    reading,
    model,
  };
}

/** A detection that a person marked as no face. Its box distinguishes it from a face that was never detected. */
function toNotAFace({ score, box }: FaceObservation): SkippedFaceRecord {
  return toSkippedRecord({ reason: 'not-a-face', score, box });
}

function headline(classified: readonly ClassifiedFace[], skipped: number) {
  const [first, ...others] = classified;
  if (!first) return { error: skipped > 0 ? 'No face could be read' : 'No face detected' };
  const largest = others.reduce((a, b) => (area(b.box) > area(a.box) ? b : a), first);
  const [x, y, width, height] = toBox(largest.box);
  const { label, confidence } = dominant(toProbabilitiesRecord(largest.smoothed));
  return { emotion: label, confidence, face_location: { x, y, width, height } };
}

/** One object for one picture, an array for several, including pictures that were not read. */
export function photosToJson(records: readonly PhotoRecord[]): string {
  const [only] = records;
  return `${JSON.stringify(records.length === 1 ? only : records, null, 2)}\n`;
}
