import { expect, test } from 'vitest';
import { oneFace } from '../../../scripts/drawn-faces/scenes';
import { EXPRESSIONS } from '../../engine/labels';
import drawnModel from '../../network/model-file/fixtures/drawn-raf-centred.keras?url';
import { faceOf } from './why';
import { pictureFile } from '../../testing/drawn-picture';
import { LabClient } from '../../lab/lab-client';
import type { ModelSpec } from '../../lab/models/lab-model';
import { coveredFaces, COVERED_PLACES, evidenceOfCovering } from '../../lab/why/occlusion';

const MIEN: ModelSpec = { kind: 'mien', sensitivity: 'balanced' };

test('one worker inspects, runs and explains models, and restarts after disposal', async () => {
  const client = new LabClient(new URL('/', location.href).href);
  try {
    const files = [{ path: 'theirs.keras', content: await (await fetch(drawnModel)).blob() }];
    const { proposal } = await client.inspect(files);
    expect(proposal).toMatchObject({ scaling: 'minus-one-to-one', order: 'RAF-DB' });
    expect(await client.answersUnder('unit')).toHaveLength(42 * 7);

    const address = URL.createObjectURL(await pictureFile(oneFace('happy', 130), 'happy.png'));
    const face = await faceOf(address);
    URL.revokeObjectURL(address);
    const { side, evidence } = await client.activation(face);
    expect(evidence).toHaveLength(7 * side ** 2);
    const covered = evidenceOfCovering(await client.answer('mien', MIEN, coveredFaces(face)), EXPRESSIONS.length);
    expect(covered).toHaveLength(7 * COVERED_PLACES ** 2);

    client.dispose();
    const spec: ModelSpec = { kind: 'brought', outputs: 'expressions', source: { name: 'theirs', files, scaling: proposal.scaling, labels: proposal.labels } };
    const shares = await client.answer('theirs', spec, face);
    expect(shares).toHaveLength(7);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    await expect(client.answer('missing', { ...spec, source: { ...spec.source, files: [] } }, face)).rejects.toMatchObject({ kind: 'model-file', reason: 'not-a-model' });
  } finally {
    client.dispose();
  }
});
