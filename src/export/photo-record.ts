import { area } from '../engine/geometry';
import { dominant, type Expression } from '../engine/labels';
import type { ClassifiedFace, FaceObservation, FrameResult, ModelIdentity } from '../engine/types';
import type { ReadingAccount } from '../session/reading-account';
import { toBox, toFaceRecord, toProbabilitiesRecord, toSkippedRecord, type FaceRecord, type SkippedFaceRecord } from './face-record';
import { toReadingRecord, type ReadingRecord } from './reading-record';

/** One picture and what became of it: a result, null where it was not read, or why it could not be, in words. */
export type PhotoOutcome = { readonly reading: ReadingAccount } & ({ readonly result: FrameResult | null; readonly notFaces?: readonly FaceObservation[] } | { readonly failure: string });

/** One picture as it leaves the app; names follow the systems that Mien replaces. */
export interface PhotoRecord {
  /** With its folder, where it came with one. */
  readonly file: string;
  readonly width?: number;
  readonly height?: number;
  /** The largest face's, as the two below. */
  readonly emotion?: Expression;
  readonly confidence?: number;
  readonly face_location?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly error?: string;
  readonly faces: readonly FaceRecord[];
  /** Faces that were found and could not be read; absent if there are none. */
  readonly skipped_faces?: readonly SkippedFaceRecord[];
  /** How many of `skipped_faces` somebody said are none; absent if nobody did. */
  readonly said_no_face?: number;
  readonly reading: ReadingRecord;
  readonly model: ModelIdentity;
}

/** One picture as it leaves the app. Faces keep their order; boxes are whole pixels. */
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

/** A detection that a person marked as no face; its place tells it from one that was never found. */
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

/** One object for one picture, an array for several: every picture of a batch is to be among them, read or not. */
export function photosToJson(records: readonly PhotoRecord[]): string {
  const [only] = records;
  return `${JSON.stringify(records.length === 1 ? only : records, null, 2)}\n`;
}
