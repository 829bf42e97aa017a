import * as v from 'valibot';
import { EXPRESSIONS } from '../../engine/labels';
import { SENSITIVITIES } from '../../engine/mixing';
import { BACKEND_NAMES, LEFT_OUT_REASONS, NOT_READ_KINDS, SKIP_REASONS } from '../../engine/types';

/*
 * The parts of a session's JSON that an import needs. Unknown keys are ignored: a newer version may write more.
 */

/** Longest name or note, in characters: more than any file name has, and few enough to be shown. */
export const LONGEST_TEXT = 300;
const text = v.pipe(v.string(), v.transform((given) => (given.length > LONGEST_TEXT ? `${given.slice(0, LONGEST_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…` : given)));

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(v.number(), v.finite(), v.minValue(0));
/** Limit of about 30 years: larger values are errors that no clock or chart can display. */
const seconds = v.pipe(v.number(), v.minValue(-1e9), v.maxValue(1e9));
const finite = v.pipe(v.number(), v.finite());
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const scores = v.strictObject(Object.fromEntries(EXPRESSIONS.map((e) => [e, share])) as Record<(typeof EXPRESSIONS)[number], typeof share>);
const box = v.strictTuple([finite, finite, finite, finite]);
const score = v.nullable(share);

const face = v.object({
  track: whole,
  label_held: v.picklist(EXPRESSIONS),
  face_score: score,
  box,
  probabilities: scores,
  head_pose: v.object({ yaw: finite, pitch: finite, roll: finite }),
  uncertain: v.boolean(),
  uncertain_reasons: v.array(v.string()),
  raw_probabilities: scores,
});

const skipped = v.object({ track: whole, reason: v.picklist(SKIP_REASONS), face_score: score, box });

/** One entry of `results`. */
export const FRAME = v.object({
  frame: v.nullable(whole),
  sample: whole,
  time_s: seconds,
  left_out: v.optional(v.picklist(LEFT_OUT_REASONS)),
  faces: v.array(face),
  skipped_faces: v.optional(v.array(skipped), []),
});
export type FileFrame = v.InferOutput<typeof FRAME>;
export type FileFace = v.InferOutput<typeof face>;

const edit = v.object({
  kind: v.picklist(['name', 'merge', 'split', 'leave-out', 'take-in', 'keep-apart', 'neutral', 'no-neutral']),
  person: v.string(),
  other: v.optional(v.string()),
  time_s: v.optional(seconds),
  name: v.optional(text),
  part_s: v.optional(v.strictTuple([seconds, seconds])),
  baseline: v.optional(scores),
  readings: v.optional(whole),
});
export type FileEdit = v.InferOutput<typeof edit>;

const listed = v.pipe(v.string(), v.transform((values) => values.split(', ')));

/** Names in the order of their use, separated by `, `. */
function listOf<Name extends string>(names: readonly Name[]) {
  return v.pipe(listed, v.custom<Name[]>((values) => Array.isArray(values) && values.every((each) => (names as readonly unknown[]).includes(each))));
}

const reading = v.object({
  source: v.object({
    name: text,
    bytes: v.nullable(whole),
    container: v.nullable(v.string()),
    codec: v.nullable(v.string()),
    width: v.nullable(whole),
    height: v.nullable(whole),
    duration_s: v.nullable(positive),
    start_s: v.nullable(finite),
    broken_off_s: v.optional(finite),
    track: v.optional(v.pipe(whole, v.minValue(1))),
    recordings: v.optional(whole),
    not_read: v.optional(v.array(v.object({ what: v.picklist(NOT_READ_KINDS), at_s: v.nullable(finite), detail: v.string() }))),
  }),
  part_s: v.nullable(v.strictTuple([finite, finite])),
  rate_asked: v.nullable(v.union([positive, v.literal('every')])),
  frames_asked: whole,
  frames_read: whole,
  frames_left_out: v.array(v.object({ reason: v.picklist([...LEFT_OUT_REASONS, 'stopped', 'unknown']), count: whole })),
  complete: v.boolean(),
  search: v.nullable(v.picklist(['fast', 'thorough'])),
  smoothing_ms: v.nullable(v.union([v.pipe(positive, v.transform((ms) => [ms])), v.pipe(listed, v.transform((texts) => texts.map(Number)), v.array(positive))])),
  // Missing in files of early builds of 0.2.
  sensitivity: v.optional(v.nullable(listOf(SENSITIVITIES)), null),
  backend: v.nullable(listOf(BACKEND_NAMES)),
  app_version: v.nullable(v.string()),
  started: v.nullable(v.pipe(v.string(), v.check((text) => !Number.isNaN(Date.parse(text)), 'is no time'))),
});
export type FileReading = v.InferOutput<typeof reading>;

/** One entry of `markers`. */
export const MARKER = v.object({ time_s: seconds, note: text });

/** Everything except `results`. */
export const ENVELOPE = v.object({
  session: v.object({ name: text, kind: v.picklist(['webcam', 'video']), width: v.optional(whole), height: v.optional(whole) }),
  reading,
  /** Each is checked by itself: `MARKER`. */
  markers: v.array(v.unknown()),
  people_edits: v.array(edit),
  summary: v.object({ total_frames: whole, faces_detected: whole, skipped_frames: whole, duration_s: v.pipe(seconds, v.minValue(0)) }),
  model: v.object({ id: v.string(), version: v.string(), sha256: v.string() }),
});
export type Envelope = v.InferOutput<typeof ENVELOPE>;
