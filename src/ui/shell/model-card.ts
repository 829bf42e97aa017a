import { EXPRESSIONS, type Expression } from '../../engine/labels';
import { formatBytes } from '../format';

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
  /** Share of each expression's faces that were named so. */
  readonly recall: Partial<Record<Expression, number>>;
}

/** What of a model's card the app shows; each part may be missing from a card. */
export interface CardView {
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly accuracy: readonly AccuracyRow[];
  readonly knownFailures: readonly string[];
  readonly notFor: readonly string[];
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
  add('Measured on', data['measuredOn']);
  add('Data licence', data['licence']);
  add('SHA-256', card['sha256']);
  return {
    facts,
    accuracy: listOf(card['metrics']).flatMap(readAccuracy),
    knownFailures: listOf(card['knownFailures']).filter((v) => typeof v === 'string'),
    notFor: listOf(card['notFor']).filter((v) => typeof v === 'string'),
  };
}

function readAccuracy(json: unknown): AccuracyRow[] {
  const { output, labels, rule, count, accuracy, interval95, macroF1, perClass } = objectOf(json);
  if (typeof output !== 'string' || typeof labels !== 'string' || typeof count !== 'number' || typeof accuracy !== 'number') return [];
  const [low, high] = listOf(interval95);
  const recall: Partial<Record<Expression, number>> = {};
  for (const e of EXPRESSIONS) {
    const share = objectOf(objectOf(perClass)[e])['recall'];
    if (typeof share === 'number') recall[e] = share;
  }
  return [
    {
      output,
      labels,
      rule: typeof rule === 'string' ? rule : '',
      count,
      accuracy,
      interval95: typeof low === 'number' && typeof high === 'number' ? [low, high] : null,
      macroF1: typeof macroF1 === 'number' ? macroF1 : null,
      recall,
    },
  ];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
