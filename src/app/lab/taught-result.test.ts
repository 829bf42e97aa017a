import { expect, it } from 'vitest';
import type { LabFace } from './data-set';
import { evidenceGroups } from './taught-result';

it('counts near-duplicates of nobody known as one piece of evidence, and all faces of a person', () => {
  const face = (person: string | null): LabFace => ({ name: '', label: 'sad', columns: {}, category: 'sad', person, concerned: false });
  const groups = evidenceGroups({ faces: [null, null, null, 'Anna', 'Anna', null].map(face), bursts: [0, 0, 2, 3, 4, 0] }, [0, 1, 2, 3, 4, 5]);
  expect(groups.map((group) => groups.indexOf(group))).toEqual([0, 0, 2, 3, 3, 0]);
});
