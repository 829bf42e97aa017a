import { BYTE_ORDER_MARK, csvFields, csvHeader, END_OF_LINE, type CsvColumn } from '../../export/csv';
import { gatherBlob } from '../../export/gathered-blob';
import { answerTo } from '../../lab/metrics/answers';
import { FEWEST_FACES, reportSubgroups } from '../../lab/metrics/subgroups';
import { inEnglish } from '../../words/i18n';
import { wordDataName, wordLeftOut } from './data-words';
import type { EvaluationResult, Judgement } from './evaluation';
import { groupColumns, type GroupColumn } from './group-columns';
import { evidenceGroups } from './paired-comparison';

interface Row {
  readonly at: number;
  readonly face: number;
}

/**
 * One row per evaluated face: its zero-based index in the data set, all columns of the data set, its group of dependent evidence, and each model's
 * answer.
 */
export function answersCsv({ data, faces, first, second }: EvaluationResult, byteOrderMark: boolean): Promise<Blob> {
  const groups = evidenceGroups(data, faces);
  const names = [...new Set(faces.flatMap((face) => Object.keys(data.faces[face]?.columns ?? {})))];
  const columns: CsvColumn<Row>[] = [
    { name: 'face', value: ({ face }) => face },
    { name: 'name', value: ({ face }) => data.faces[face]?.name ?? null },
    { name: 'label', value: ({ face }) => data.faces[face]?.label ?? null },
    { name: 'class', value: ({ face }) => data.faces[face]?.category ?? null },
    { name: 'person', value: ({ face }) => data.faces[face]?.person ?? null },
    { name: 'group', value: ({ at }) => groups[at] ?? null },
    ...names.map((name): CsvColumn<Row> => ({ name: dataColumn(name), value: ({ face }) => data.faces[face]?.columns[name] ?? null })),
    ...[first, ...(second ? [second] : [])].flatMap((judgement, m) => answerColumns(judgement, second ? (m === 0 ? 'a_' : 'b_') : '')),
  ];
  return gatherBlob(csvLines(columns, faces, byteOrderMark), 'text/csv;charset=utf-8');
}

function* csvLines(columns: readonly CsvColumn<Row>[], faces: readonly number[], byteOrderMark: boolean): Generator<string> {
  yield `${byteOrderMark ? BYTE_ORDER_MARK : ''}${csvHeader(columns)}${END_OF_LINE}`;
  for (const [at, face] of faces.entries()) yield `${csvFields(columns, { at, face })}${END_OF_LINE}`;
}

function answerColumns({ name, answers }: Judgement, prefix: string): CsvColumn<Row>[] {
  const { classes, probabilities } = answers;
  return [
    { name: `${prefix}model`, value: () => name },
    { name: `${prefix}answer`, value: ({ at }) => classes[answerTo(answers, at).predicted] ?? null },
    { name: `${prefix}confidence`, value: ({ at }) => rounded(answerTo(answers, at).confidence) },
    ...classes.map((each, k): CsvColumn<Row> => ({ name: `${prefix}${each}`, value: ({ at }) => rounded(probabilities[at * classes.length + k] ?? 0) })),
  ];
}

/** Nine digits, the precision of a float32. */
function rounded(share: number): number {
  return Number(share.toPrecision(9));
}

/** All figures, and the data they were measured on. */
export function figuresJson({ data, faces, unknown, first, second, comparison, workers, durationMs }: EvaluationResult): Blob {
  const columns = groupColumns(faces.flatMap((face) => data.faces[face] ?? []));
  const file = {
    data: {
      name: inEnglish(() => wordDataName(data.name)),
      faces: data.faces.length,
      judged: faces.length,
      people: new Set(faces.flatMap((face) => data.faces[face]?.person ?? [])).size,
      unknown_classes: Object.fromEntries(unknown),
      left_out: data.leftOut.map(({ name, reason }) => ({ name, reason: inEnglish(() => wordLeftOut(reason)) })),
    },
    models: [first, ...(second ? [second] : [])].map((judgement) => ({ ...modelFigures(judgement), by_group: groupFigures(judgement, columns) })),
    comparison: comparison && {
      difference: comparison.difference,
      interval95: [comparison.interval.low, comparison.interval.high],
      only_first: comparison.onlyFirst,
      only_second: comparison.onlySecond,
      mcnemar_p: comparison.mcnemar,
      groups: comparison.groups,
    },
    workers,
    duration_s: durationMs / 1000,
  };
  return new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' });
}

/** Figures of all groups with enough faces, per column, named as in the CSV. */
function groupFigures({ answers }: Judgement, columns: readonly GroupColumn[]) {
  return columns.flatMap(({ name, values, ranges }) => {
    const groups = reportSubgroups(answers, values, ranges?.map((range) => range.name)).flatMap(({ value, count, correct, accuracy, interval }) => {
      if (accuracy === null || interval === null) return [];
      const range = ranges?.find((each) => each.name === value);
      return [{ value, ...(range && { least: range.least, most: range.most }), count, correct, accuracy, interval95: [interval.low, interval.high] }];
    });
    return groups.length > 0 ? [{ column: name === null ? 'person' : dataColumn(name), fewest_faces: FEWEST_FACES, groups }] : [];
  });
}

/** Prefix that avoids clashes with the file's own columns. */
function dataColumn(name: string): string {
  return `data_${name}`;
}

function modelFigures({ name, identity, answers, accuracy, calibration }: Judgement) {
  return {
    name,
    model: identity,
    classes: answers.classes,
    count: accuracy.count,
    correct: accuracy.correct,
    accuracy: accuracy.accuracy,
    interval95: [accuracy.interval.low, accuracy.interval.high],
    macro_f1: accuracy.macroF1,
    mean_recall: accuracy.meanRecall,
    per_class: accuracy.perClass,
    confusion: accuracy.confusion,
    ece: calibration.ece,
    nll: calibration.nll,
    brier: calibration.brier,
    reliability: calibration.bins,
  };
}
