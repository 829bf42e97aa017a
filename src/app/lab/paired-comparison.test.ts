import { expect, it } from 'vitest';
import type { Answers } from '../../lab/metrics/answers';
import { compareOn } from './paired-comparison';

const face = (person: string | null) => ({ name: '', label: '', columns: {}, category: 'sad', person, concerned: false });
/** Answers for two classes, where the first is correct. */
const answers = (right: readonly boolean[]): Answers => ({ classes: ['sad', 'happy'], labels: right.map(() => 0), probabilities: right.flatMap((each) => (each ? [1, 0] : [0, 1])) });

it('counts near-duplicates of unknown people as one group, and all faces of a person', async () => {
  const faces = [null, null, null, 'Anna', 'Anna', null, 'burst 2'].map(face);
  const data = { faces, bursts: [0, 0, 2, 3, 4, 0, 6] };
  const [wrong, right] = [answers(faces.map(() => false)), answers(faces.map(() => true))];
  expect(await compareOn(data, [0, 1, 2, 3, 4, 5, 6], wrong, right, new AbortController().signal)).toMatchObject({ count: 7, groups: 4 });
});
