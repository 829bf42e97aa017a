import * as v from 'valibot';
import { CROP_SIZE } from './face-crop';
import { MienError } from './errors';
import { EXPRESSIONS } from './labels';
import { SENSITIVITIES, type MixingRule } from './mixing';

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const interval = v.tuple([share, share]);
const oneOfEach = EXPRESSIONS.length;

/** A list without entries of another shape; empty if it is not a list. */
function entriesOf<const S extends v.GenericSchema>(schema: S) {
  return v.pipe(
    v.fallback(v.array(v.unknown()), []),
    v.transform((entries): readonly v.InferOutput<S>[] =>
      entries.flatMap((entry) => {
        const { success, output } = v.safeParse(schema, entry);
        return success ? [output] : [];
      }),
    ),
  );
}

/** Null if missing or of another shape. */
function orNull<const S extends v.GenericSchema>(schema: S) {
  return v.fallback(v.nullable(schema), null);
}

const level = v.object({ power: v.pipe(finite, v.minValue(0)), temperature: positive });

const mixing = v.pipe(
  v.object({
    on: v.picklist(['probabilities', 'logarithms']),
    shares: v.record(v.string(), positive),
    priors: v.record(v.string(), v.pipe(v.array(positive), v.length(oneOfEach))),
    levels: v.object({ cautious: level, balanced: level, eager: level }),
  }),
  v.check(({ shares }) => Math.abs(Object.values(shares).reduce((sum, part) => sum + part, 0) - 1) < 1e-6, 'shares must sum to 1'),
  v.check(({ shares, priors }) => Object.keys(shares).every((head) => priors[head]), 'every head needs priors'),
);

/** Accuracy on validation faces. */
export const accuracyRow = v.object({
  /** A head or the mixed answer, and the labels it is compared with. */
  output: v.string(),
  labels: v.string(),
  rule: v.fallback(v.string(), ''),
  /** Number of faces. */
  count,
  accuracy: share,
  interval95: orNull(interval),
  macroF1: orNull(share),
  /** Counts of faces by true expression (row) and predicted one (column), in the order of `EXPRESSIONS`. */
  confusion: orNull(v.pipe(v.array(v.pipe(v.array(count), v.length(oneOfEach))), v.length(oneOfEach))),
});

/** The 80 % of the faces with the highest confidence: number, accuracy. Null if not measured. */
const surest80 = v.pipe(
  entriesOf(v.object({ share, faces: count, accuracy: share, interval95: interval })),
  v.transform((points) => points.find((point) => point.share === 0.8) ?? null),
);

/** Results of the mixed answer on one held-out data set. */
const transferRow = v.pipe(
  v.object({
    name: v.string(),
    /** Origin of the set, and its terms. */
    source: v.fallback(v.string(), ''),
    faces: count,
    people: count,
    accuracy: share,
    /** Mean recall over the expressions in the set. */
    recall: share,
    recall95: interval,
    ece: share,
    coverage: surest80,
    /** Correctly named faces and all faces of each expression. */
    perClass: v.fallback(v.record(v.string(), v.tuple([count, count])), {}),
  }),
  v.transform(({ coverage, ...row }) => ({ ...row, surest80: coverage })),
);

export const transfer = v.pipe(
  v.object({
    /** Mean of the sets' mean recalls. */
    score: share,
    sets: v.pipe(entriesOf(transferRow), v.minLength(1)),
    ferplusCoverage: surest80,
  }),
  /** `ferplusSurest80`: of the validation faces, by the majority of FER+ votes. */
  v.transform(({ ferplusCoverage, ...rest }) => ({ ...rest, ferplusSurest80: ferplusCoverage })),
);

/** Accuracy at one level of sensitivity. */
const sensitivityRow = v.object({ level: v.picklist(SENSITIVITIES), transferScore: share, ferplusAccuracy: share, ferplusRecall: share, neutralKept: share });

/** Calibration of the mixed answer's confidence. */
const calibration = v.object({
  /** Number of faces, all held out from the calibration's fit. */
  count,
  /** Mean gap between confidence and accuracy; likelihood, Brier score and divergence from the votes in nats. */
  ece: share,
  nll: finite,
  brier: finite,
  kl: finite,
  /** Equal steps of confidence that hold a face. */
  bins: v.pipe(
    entriesOf(v.tuple([count, share, share])),
    v.transform((bins) => bins.flatMap(([faces, confidence, accuracy]) => (faces > 0 ? [{ faces, confidence, accuracy }] : []))),
  ),
});

/** Accuracy of the mixed answer as one fault of the picture grows. */
const sweepPoint = v.pipe(
  v.object({ at: finite, mean_ferplus: share }),
  v.transform(({ at, mean_ferplus: accuracy }) => ({ at, accuracy })),
);

const sweeps = v.pipe(
  v.object({ sweeps: v.record(v.string(), entriesOf(sweepPoint)) }),
  v.transform(({ sweeps: byName }) => Object.entries(byName).flatMap(([name, points]) => (points.length > 0 ? [{ name, points }] : []))),
);

/** The mixed answer, compared with the majority of FER+ votes. */
const shownCalibration = v.pipe(
  v.object({ outputs: v.object({ mean_ferplus: v.object({ after: calibration }) }) }),
  v.transform(({ outputs }) => outputs.mean_ferplus.after),
);

const words = v.fallback(v.string(), '');
const UNDESCRIBED = { trainedOn: '', labelRules: '', measuredOn: '', licence: '' };
const sentences = entriesOf(v.string());

/**
 * `card.json` of a model. The engine needs the first part; the rest describes the model, and each of its parts may be
 * absent. Shares are 0–1.
 */
const ModelCardSchema = v.object({
  id: v.string(),
  version: v.string(),
  /** Checksum of weights.bin, in hexadecimal. */
  sha256: v.string(),
  labels: v.pipe(
    v.array(v.string()),
    v.check((labels) => labels.join() === EXPRESSIONS.join(), `labels must be ${EXPRESSIONS.join(', ')}`),
  ),
  input: v.object({ width: v.literal(CROP_SIZE), height: v.literal(CROP_SIZE), preprocessing: words }),
  mixing,

  bytes: orNull(count),
  parameters: orNull(count),
  multiplyAdds: orNull(count),
  data: v.fallback(v.object({ trainedOn: words, labelRules: words, measuredOn: words, licence: words }), UNDESCRIBED),
  transfer: orNull(transfer),
  sensitivity: entriesOf(sensitivityRow),
  metrics: entriesOf(accuracyRow),
  calibration: orNull(shownCalibration),
  robustness: v.fallback(sweeps, []),
  knownFailures: sentences,
  notFor: sentences,
});

export type ModelCard = Readonly<v.InferOutput<typeof ModelCardSchema>>;
export type AccuracyRow = ModelCard['metrics'][number];
export type TransferView = NonNullable<ModelCard['transfer']>;
export type SensitivityRow = ModelCard['sensitivity'][number];
export type CalibrationView = NonNullable<ModelCard['calibration']>;
export type Sweep = ModelCard['robustness'][number];

/**
 * Reads a card from any JSON.
 *
 * @throws MienError `model/incompatible` for another label order or input size; `model/corrupt` if the engine's part is missing or
 * of another shape.
 */
export function readModelCard(json: unknown): ModelCard & { readonly mixing: MixingRule } {
  const card = v.safeParse(ModelCardSchema, json);
  if (card.success) return card.output;
  const [{ path }] = card.issues;
  const key = path?.[0].key;
  const reason = key === 'labels' || key === 'input' ? 'incompatible' : 'corrupt';
  throw new MienError('model', reason, `card.json: ${v.summarize(card.issues)}`);
}
