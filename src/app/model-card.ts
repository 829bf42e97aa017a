import { fetchJson } from '../engine/assets';
import { EXPRESSIONS } from '../engine/labels';
import { servingModelFolder } from '../engine/model-list';
import { formatBytes } from '../words/format';

export interface AccuracyRow {
  /** What was asked of the model, and by which labels it was judged. */
  readonly output: string;
  readonly labels: string;
  readonly rule: string;
  /** Faces judged. */
  readonly count: number;
  /** Shares, 0–1. */
  readonly accuracy: number;
  readonly interval95: readonly [number, number] | null;
  readonly macroF1: number | null;
  /** Faces of each expression (row) by what they were named (column), in the order of `EXPRESSIONS`; null: not in the card. */
  readonly confusion: readonly (readonly number[])[] | null;
}

/** How far the probabilities of what the app shows can be taken at their word. */
export interface CalibrationView {
  /** Faces that it was judged by, none of which it was fitted on. */
  readonly count: number;
  /** Mean gap between confidence and accuracy, 0–1; likelihood, Brier score and divergence from the votes, in nats. */
  readonly ece: number;
  readonly nll: number;
  readonly brier: number;
  readonly kl: number;
  /** Equal steps of confidence that hold a face. */
  readonly bins: readonly { readonly faces: number; readonly confidence: number; readonly accuracy: number }[];
}

/** How accuracy changes with one thing that goes wrong with a picture. */
export interface Sweep {
  readonly name: string;
  readonly points: readonly { readonly at: number; readonly accuracy: number }[];
}

/** What is shown, on one set that nothing was trained on. Shares are 0–1. */
export interface TransferRow {
  readonly name: string;
  /** Where the set comes from, and its terms. */
  readonly source: string;
  readonly faces: number;
  readonly people: number;
  readonly accuracy: number;
  /** Mean of the recalls of the expressions that the set has. */
  readonly recall: number;
  readonly recall95: readonly [number, number];
  readonly ece: number;
  /** Right among the surest 80 % of the faces; null where the card has no such figure. */
  readonly accuracyAt80: number | null;
}

export interface TransferView {
  /** Mean of the mean recalls, 0–1. */
  readonly score: number;
  readonly sets: readonly TransferRow[];
}

/** What one level of sensitivity costs; shares are 0–1. */
export interface SensitivityRow {
  readonly level: string;
  readonly transferScore: number;
  readonly ferplusAccuracy: number;
  readonly ferplusRecall: number;
  readonly neutralKept: number;
}

/** What of a model's card the app shows; each part may be missing from a card. */
export interface CardView {
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly transfer: TransferView | null;
  readonly sensitivity: readonly SensitivityRow[];
  readonly accuracy: readonly AccuracyRow[];
  readonly calibration: CalibrationView | null;
  readonly robustness: readonly Sweep[];
  readonly knownFailures: readonly string[];
  readonly notFor: readonly string[];
}

/** The figures of what the app shows, judged by the people's majority. */
const SHOWN = 'mean_ferplus';

/**
 * The card of the model that serves.
 *
 * @throws MienError of kind `model`.
 */
export async function loadCard(): Promise<CardView> {
  const folder = await servingModelFolder(document.baseURI, 'default');
  return readCard(await fetchJson(`${folder}card.json`, 'default'));
}

/** Reads a card from any JSON; parts that are absent or of another shape are left out. */
export function readCard(json: unknown): CardView {
  const card = objectOf(json);
  const data = objectOf(card['data']);
  const facts: (readonly [string, string])[] = [];
  const add = (name: string, value: unknown) => {
    if (typeof value === 'string') facts.push([name, value]);
    if (typeof value === 'number') facts.push([name, value.toLocaleString('en-GB')]);
  };
  add('Model', card['id']);
  add('Version', card['version']);
  add('Size', typeof card['bytes'] === 'number' ? formatBytes(card['bytes']) : null);
  add('Parameters', card['parameters']);
  add('Multiply-adds', card['multiplyAdds']);
  add('What it sees', objectOf(card['input'])['preprocessing']);
  add('Trained on', data['trainedOn']);
  add('Labels', data['labelRules']);
  add('Measured on', data['measuredOn']);
  add('Data licence', data['licence']);
  add('SHA-256', card['sha256']);
  return {
    facts,
    transfer: readTransfer(objectOf(card['transfer'])),
    sensitivity: listOf(card['sensitivity']).flatMap(readSensitivity),
    accuracy: listOf(card['metrics']).flatMap(readAccuracy),
    calibration: readCalibration(objectOf(objectOf(objectOf(card['calibration'])['outputs'])[SHOWN])['after']),
    robustness: Object.entries(objectOf(objectOf(card['robustness'])['sweeps'])).flatMap(readSweep),
    knownFailures: listOf(card['knownFailures']).filter((v) => typeof v === 'string'),
    notFor: listOf(card['notFor']).filter((v) => typeof v === 'string'),
  };
}

function readTransfer(json: Readonly<Record<string, unknown>>): TransferView | null {
  const { score, sets } = json;
  const rows = listOf(sets).flatMap((set): TransferRow[] => {
    const { name, source, faces, people, accuracy, recall, recall95, ece, coverage } = objectOf(set);
    const [f, p, a, r, e] = numbersOf([faces, people, accuracy, recall, ece]);
    const [low, high] = numbersOf(recall95);
    if (typeof name !== 'string' || f === undefined || p === undefined || a === undefined || r === undefined || e === undefined) return [];
    if (low === undefined || high === undefined) return [];
    const from = typeof source === 'string' ? source : '';
    return [{ name, source: from, faces: f, people: p, accuracy: a, recall: r, recall95: [low, high], ece: e, accuracyAt80: readAccuracyAt80(coverage) }];
  });
  return typeof score === 'number' && rows.length > 0 ? { score, sets: rows } : null;
}

function readAccuracyAt80(json: unknown): number | null {
  const [accuracy] = listOf(json).flatMap((row) => (objectOf(row)['share'] === 0.8 ? numbersOf([objectOf(row)['accuracy']]) : []));
  return accuracy ?? null;
}

function readSensitivity(json: unknown): SensitivityRow[] {
  const { level, transferScore, ferplusAccuracy, ferplusRecall, neutralKept } = objectOf(json);
  const [t, a, r, n] = numbersOf([transferScore, ferplusAccuracy, ferplusRecall, neutralKept]);
  if (typeof level !== 'string' || t === undefined || a === undefined || r === undefined || n === undefined) return [];
  return [{ level, transferScore: t, ferplusAccuracy: a, ferplusRecall: r, neutralKept: n }];
}

function readAccuracy(json: unknown): AccuracyRow[] {
  const { output, labels, rule, count, accuracy, interval95, macroF1, confusion } = objectOf(json);
  if (typeof output !== 'string' || typeof labels !== 'string' || typeof count !== 'number' || typeof accuracy !== 'number') return [];
  const [low, high] = listOf(interval95);
  return [
    {
      output,
      labels,
      rule: typeof rule === 'string' ? rule : '',
      count,
      accuracy,
      interval95: typeof low === 'number' && typeof high === 'number' ? [low, high] : null,
      macroF1: typeof macroF1 === 'number' ? macroF1 : null,
      confusion: readConfusion(confusion),
    },
  ];
}

function readConfusion(json: unknown): (readonly number[])[] | null {
  const rows = listOf(json).map(numbersOf);
  const whole = rows.length === EXPRESSIONS.length && rows.every((row) => row.length === EXPRESSIONS.length);
  return whole ? rows : null;
}

function readCalibration(json: unknown): CalibrationView | null {
  const { count, ece, nll, brier, kl, bins } = objectOf(json);
  const [c, e, n, b, k] = numbersOf([count, ece, nll, brier, kl]);
  if (c === undefined || e === undefined || n === undefined || b === undefined || k === undefined) return null;
  const known = listOf(bins).flatMap((bin) => {
    const [faces = 0, confidence = 0, accuracy = 0] = numbersOf(bin);
    return faces > 0 ? [{ faces, confidence, accuracy }] : [];
  });
  return { count: c, ece: e, nll: n, brier: b, kl: k, bins: known };
}

function readSweep([name, json]: [string, unknown]): Sweep[] {
  const points = listOf(json).flatMap((point) => {
    const [at, accuracy] = numbersOf([objectOf(point)['at'], objectOf(point)[SHOWN]]);
    return at !== undefined && accuracy !== undefined ? [{ at, accuracy }] : [];
  });
  return points.length > 0 ? [{ name, points }] : [];
}

/** The numbers of a list; none if one of its members is something else. */
function numbersOf(value: unknown): readonly number[] {
  const list = listOf(value);
  return list.every((v) => typeof v === 'number') ? list : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
