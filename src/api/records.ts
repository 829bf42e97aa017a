import { isUncertain } from '../engine/face-quality';
import { dominant, type Expression, type Probabilities } from '../engine/labels';
import type { FrameResult } from '../engine/types';
import { round, toBox, toFaceRecord, toProbabilitiesRecord, type ProbabilitiesRecord } from '../export/face-record';
import { formatTimestamp } from '../words/format';
import type { SessionFrameRecord } from '../export/session-record';

/** What is read of a face that was cropped by the caller. */
export interface CropRecord {
  readonly emotion: Expression;
  /** Probability of `emotion`, 0–1, to four digits. */
  readonly confidence: number;
  readonly probabilities: ProbabilitiesRecord;
  /** No expression stands out. */
  readonly uncertain: boolean;
}

export function toCropRecord(probabilities: Probabilities): CropRecord {
  const { label, confidence } = dominant(probabilities);
  return {
    emotion: label,
    confidence: round(confidence, 4),
    probabilities: toProbabilitiesRecord(probabilities),
    uncertain: isUncertain(confidence, []),
  };
}

/**
 * One frame of a video, as in a session's record.
 *
 * @param number the frame's own, from 0.
 * @param timestampMs since the start.
 */
export function toVideoFrameRecord({ faces }: FrameResult, number: number, timestampMs: number): SessionFrameRecord {
  const skipped = faces.filter((face) => face.status === 'skipped');
  return {
    frame: number,
    timestamp: formatTimestamp(timestampMs),
    faces: faces
      .filter((face) => face.status === 'classified')
      .map((face) => ({ track: face.track ?? 0, ...toFaceRecord(face), raw_probabilities: toProbabilitiesRecord(face.raw) })),
    ...(skipped.length > 0 && {
      skipped_faces: skipped.map(({ track, reason, box }) => ({ track: track ?? 0, reason, box: toBox(box) })),
    }),
  };
}
