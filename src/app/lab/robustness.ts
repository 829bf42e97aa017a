import { wilson, type Interval } from '../../lab/metrics/accuracy';
import { amongClasses } from '../../lab/metrics/among-classes';
import { answerTo } from '../../lab/metrics/answers';
import { DISTURBANCES, disturbed, type Disturbance } from '../../lab/robustness/disturb';
import { CancellableRun, type OnProgress } from './cancellable-run';
import { pixelsOf } from './data-set';
import { evenly } from './evenly';
import type { EvaluationResult, Judgement } from './evaluation';
import { chunksOf, LabPool } from './lab-pool';

/** Accuracy of a model on disturbed faces. */
export interface RobustnessRow {
  /** Null: undisturbed. */
  readonly how: Disturbance | null;
  readonly accuracy: number;
  readonly interval: Interval;
}

export interface RobustnessResult {
  /** The judgement that the rows belong to. */
  readonly of: Judgement;
  readonly count: number;
  readonly rows: readonly RobustnessRow[];
}

/** Number of evenly sampled faces: enough for an interval of ± 5 points. */
const MOST_FACES = 400;
const CHUNK = 64;

/** Evaluates a model on disturbed copies of the data set's faces. */
export async function judgeDisturbed({ data, faces }: EvaluationResult, judgement: Judgement, signal: AbortSignal, onProgress: OnProgress): Promise<RobustnessResult> {
  const { answers, contestant, ownClasses } = judgement;
  const places = evenly(
    faces.map((_, place) => place),
    MOST_FACES,
  );
  const ways: readonly (Disturbance | null)[] = [null, ...DISTURBANCES];
  const jobs = ways.flatMap((how, way) => chunksOf(places, CHUNK).map((some) => ({ how, way, some })));
  const right = ways.map(() => 0);
  let done = 0;
  const pool = new LabPool(jobs.length, signal);
  try {
    await pool.each(jobs, async (client, { how, way, some }) => {
      const own = pixelsOf(data.pixels, some.map((place) => faces[place] ?? 0));
      const shares = await client.answer(contestant.key, contestant.spec, how ? disturbed(own, how) : own);
      const probabilities = amongClasses(shares, ownClasses, answers.classes, some.length);
      const among = { classes: answers.classes, labels: some.map((place) => answers.labels[place] ?? -1), probabilities };
      right[way] = (right[way] ?? 0) + among.labels.filter((label, i) => answerTo(among, i).predicted === label).length;
      onProgress((done += some.length), ways.length * places.length);
    });
  } finally {
    pool.dispose();
  }
  const rows = ways.map((how, way) => ({ how, accuracy: (right[way] ?? 0) / places.length, interval: wilson(right[way] ?? 0, places.length) }));
  return { of: judgement, count: places.length, rows };
}

/** The page's single run. */
export const robustness = new CancellableRun<RobustnessResult>();
