import { EXPRESSIONS } from '../../engine/labels';
import type { LabClient } from '../../lab/lab-client';
import { LUMINANCE_BYTES } from '../../lab/faces';
import { amongClasses } from '../../lab/metrics/among-classes';
import { answerTo } from '../../lab/metrics/answers';
import { evidenceAmong, meanEvidence, type MeanEvidence } from '../../lab/why/mean-evidence';
import { COVERED_PLACES, coveringShares, evidenceOfCovering } from '../../lab/why/occlusion';
import { CancellableRun, type OnProgress } from './cancellable-run';
import { pixelsOf } from './data-set';
import { evenly } from './evenly';
import type { EvaluationResult, Judgement } from './evaluation';
import { chunksOf, LabPool } from './lab-pool';

/** Mean evidence maps of a model for one class. */
export interface ClassMaps {
  readonly name: string;
  /** Evidence for the class in its faces. */
  readonly faces: MeanEvidence | null;
  /** The same in its misclassified faces; null if there are none. */
  readonly mistakes: MeanEvidence | null;
  /** Evidence in the misclassified faces for the predicted class. */
  readonly misled: MeanEvidence | null;
}

export interface MeanMapsResult {
  /** The judgement that the maps belong to. */
  readonly of: Judgement;
  readonly method: 'activation' | 'covering';
  readonly classes: readonly ClassMaps[];
}

/** Most faces per mean. Covering queries the model fifty times per face. */
const MOST_FACES = { activation: 60, covering: 12 } as const;
/** Faces per call to a worker. */
const CHUNK = { activation: 32, covering: 1 } as const;

/** Computes where in the crop a model sees each class, and what misleads it. */
export async function computeMeanMaps({ data, faces }: EvaluationResult, judgement: Judgement, signal: AbortSignal, onProgress: OnProgress): Promise<MeanMapsResult> {
  const { answers, contestant } = judgement;
  const method = contestant.spec.kind === 'mien' ? 'activation' : 'covering';
  const samples = samplesOf(judgement, MOST_FACES[method]);
  const wanted = [...new Set(samples.flatMap(({ all, mistakes }) => [...all, ...mistakes]))];
  const jobs = chunksOf(wanted, CHUNK[method]);
  const evidence = new Map<number, Float32Array>();
  let side = 0;
  onProgress(0, wanted.length);
  const pool = new LabPool(jobs.length, signal);
  try {
    await pool.each(jobs, async (client, places) => {
      const pixels = pixelsOf(data.pixels, places.map((place) => faces[place] ?? 0));
      const maps = method === 'activation' ? await activationOf(client, pixels, judgement) : await coveringOf(client, pixels, judgement);
      ({ side } = maps);
      const each = answers.classes.length * side ** 2;
      places.forEach((place, i) => evidence.set(place, maps.evidence.subarray(i * each, (i + 1) * each)));
      onProgress(evidence.size, wanted.length);
    });
  } finally {
    pool.dispose();
  }
  const mean = (places: readonly number[], classOf: (place: number) => number) =>
    meanEvidence(
      places.map((place) => {
        const [face, k] = [faces[place] ?? 0, classOf(place)];
        return {
          luminance: data.pixels.luminance.subarray(face * LUMINANCE_BYTES, (face + 1) * LUMINANCE_BYTES),
          evidence: evidence.get(place)?.subarray(k * side ** 2, (k + 1) * side ** 2) ?? [],
        };
      }),
      side,
    );
  const classes = samples.map(({ name, k, all, mistakes }) => ({
    name,
    faces: mean(all, () => k),
    mistakes: mean(mistakes, () => k),
    misled: mean(mistakes, (place) => answerTo(answers, place).predicted),
  }));
  return { of: judgement, method, classes };
}

/** For each class with faces, samples of all and of the misclassified ones, as indices into the answers. */
export function samplesOf({ answers }: Pick<Judgement, 'answers'>, most: number) {
  return answers.classes.flatMap((name, k) => {
    const own = answers.labels.flatMap((label, place) => (label === k ? [place] : []));
    const mistakes = own.filter((place) => answerTo(answers, place).predicted !== k);
    return own.length === 0 ? [] : [{ name, k, all: evenly(own, most), mistakes: evenly(mistakes, most) }];
  });
}

/** [n, classes, side, side], for the evaluated classes. */
interface Maps {
  readonly side: number;
  readonly evidence: Float32Array;
}

async function activationOf(client: LabClient, faces: Parameters<LabClient['activation']>[0], { answers: { classes } }: Judgement): Promise<Maps> {
  const { side, evidence } = await client.activation(faces);
  const columns = classes.map((name) => EXPRESSIONS.findIndex((expression) => expression === name));
  const each = EXPRESSIONS.length * side ** 2;
  return { side, evidence: Float32Array.from(Array.from({ length: evidence.length / each }, (_, i) => Array.from(evidenceAmong(evidence.subarray(i * each, (i + 1) * each), side ** 2, columns))).flat()) };
}

/** Map of one face. */
async function coveringOf(client: LabClient, face: Parameters<LabClient['answer']>[2], { answers: { classes }, contestant: { key, spec }, ownClasses }: Judgement): Promise<Maps> {
  const shares = await coveringShares(face, (covered) => client.answer(key, spec, covered), () => undefined);
  const among = amongClasses(shares, ownClasses, classes, shares.length / ownClasses.length);
  return { side: COVERED_PLACES, evidence: evidenceOfCovering(among, classes.length) };
}

/** The page's single run. */
export const meanMaps = new CancellableRun<MeanMapsResult>();
